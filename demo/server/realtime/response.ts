import { abandon } from './answer-making.ts';
import type { Making } from './answer-making.ts';
import { rateOf } from './audio/format.ts';
import { engineFault } from './errors.ts';
import type { Piece } from './production.ts';
import type { CancelReason, ResponseEnd, ResponseUsage } from './response-facts.ts';
import type { ResponseWriter } from './response-writer.ts';

/** One response at work: takes pieces as they are made, keeps a bounded lead over the listener, and can be cut at any moment. */

/** How far ahead of the listener sound is sent: enough for any network, little enough that a cut wastes little. ms */
const MAX_LEAD_MS = 10_000;

export interface ResponseOptions {
  readonly id: string;
  readonly making: Making;
  readonly writer: ResponseWriter;
  readonly inputAudioTokens: number;
  /** Resolves while the socket takes more. */
  readonly drained: () => Promise<void>;
  readonly onFirstSound: () => void;
  readonly onFailure: (cause: unknown) => void;
  /** Told once, after `response.done`. */
  readonly onEnd: (end: ResponseEnd) => void;
}

export class Response {
  readonly #options: ResponseOptions;
  #firstSoundAt: number | null = null;
  #usage: ResponseUsage;
  #wake: (() => void) | null = null;

  constructor(options: ResponseOptions) {
    this.#options = options;
    this.#usage = { inputTextTokens: 0, inputAudioTokens: options.inputAudioTokens, outputTextTokens: 0 };
  }

  get id(): string {
    return this.#options.id;
  }

  get writer(): ResponseWriter {
    return this.#options.writer;
  }

  get inConversation(): boolean {
    return this.#options.making.spec.inConversation;
  }

  /** ms of sound that the listener cannot have heard yet. */
  get unheardMs(): number {
    if (this.#firstSoundAt === null) return 0;
    return Math.max(0, this.#sentMs() - (performance.now() - this.#firstSoundAt));
  }

  begin(): void {
    this.#options.writer.begin();
    void this.#run();
  }

  /** Tells the terminal block at once; whatever the engines still make is dropped. */
  cancel(reason: CancelReason): void {
    this.#end({ status: 'cancelled', reason });
  }

  async #run(): Promise<void> {
    try {
      for await (const piece of this.#options.making.pieces) {
        if (this.#options.writer.ended) return;
        await this.#take(piece);
      }
      this.#end({ status: 'completed' });
    } catch (cause) {
      // An engine that stops because it was told to is no failure.
      if (this.#options.writer.ended) return;
      this.#options.onFailure(cause);
      const { type, code, message } = engineFault(cause);
      this.#end({ status: 'failed', error: { type, code, message } });
    }
  }

  async #take(piece: Piece): Promise<void> {
    const { writer } = this.#options;
    switch (piece.type) {
      case 'text':
        this.#count(piece.text);
        writer.text(piece.text);
        return;
      case 'spoken':
        await this.#keepPace();
        if (writer.ended) return;
        this.#count(piece.text);
        writer.spoken(piece.text);
        return;
      case 'sound':
        if (this.#firstSoundAt === null) {
          this.#firstSoundAt = performance.now();
          writer.sound(piece.pcm);
          this.#options.onFirstSound();
        } else writer.sound(piece.pcm);
        await this.#options.drained();
        await this.#keepPace();
        return;
      case 'citation':
        writer.citation(piece.url, piece.title);
        return;
      case 'tool-call':
        this.#count(piece.arguments);
        writer.toolCall(piece.name, piece.arguments);
        return;
      case 'end':
        this.#usage = {
          inputTextTokens: piece.inputTokens,
          inputAudioTokens: this.#options.inputAudioTokens,
          outputTextTokens: Math.max(piece.outputTokens, this.#usage.outputTextTokens),
        };
        this.#end(piece.cut ? { status: 'incomplete', reason: 'max_output_tokens' } : { status: 'completed' });
    }
  }

  #count(text: string): void {
    this.#usage = { ...this.#usage, outputTextTokens: this.#usage.outputTextTokens + Math.ceil(text.length / 4) };
  }

  #sentMs(): number {
    return (this.#options.writer.samples * 1000) / rateOf(this.#options.making.spec.format);
  }

  async #keepPace(): Promise<void> {
    const waitMs = this.unheardMs - MAX_LEAD_MS;
    if (waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  #end(end: ResponseEnd): void {
    if (this.#options.writer.ended) return;
    this.#options.writer.finish(end, this.#usage);
    abandon(this.#options.making);
    this.#wake?.();
    this.#options.onEnd(end);
  }
}
