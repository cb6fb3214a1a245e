import type { AnswerTurn } from '../engines/engine.ts';
import { rateOf } from './audio/format.ts';
import type { SessionContext } from './context.ts';
import { RealtimeFault } from './errors.ts';
import type { Item } from './items.ts';
import { prefetch } from './prefetch.ts';
import { produce } from './production.ts';
import type { AnswerMarks, Piece } from './production.ts';
import { limitTurns, toTurns } from './prompt-turns.ts';
import type { Recognition } from './recognition.ts';
import { Response } from './response.ts';
import { sessionSpec } from './response-input.ts';
import type { ResponseSpec } from './response-input.ts';
import { ResponseWriter } from './response-writer.ts';
import type { CancelReason, ResponseEnd } from './response-writer.ts';
import { TIMING } from './session-config.ts';
import type { SessionConfig } from './session-config.ts';
import type { TurnTiming } from './metrics.ts';

/** The responses of one session: one at a time in the conversation, any number beside it, and one begun on a guess. */

/** Sound that may wait for a reader, ms: enough to speak the next clause while the last one is sent. */
const AHEAD_MS = 4000;
const PER_MINUTE = 120;
const MAX_BESIDE = 8;

/** An answer that is being made, and what it stands on. */
interface Making {
  readonly pieces: AsyncIterableIterator<Piece>;
  readonly abort: AbortController;
  readonly marks: AnswerMarks;
  readonly spec: ResponseSpec;
}

interface Guess extends Making {
  readonly confirmed: boolean;
  readonly recognition: Recognition;
  readonly config: SessionConfig;
  readonly version: number;
}

/** Where a response came from, for its timing. `endedAt`: when the turn was over, `performance.now()` ms. */
export interface Cause {
  readonly endedAt: number;
  readonly vadWaitMs: number | null;
  readonly recognition: Recognition | null;
}

export interface ResponsesOptions {
  readonly onFirstSound: (response: Response) => void;
  /** `unheardMs`: sound of it that is still to be played. */
  readonly onEnd: (response: Response, unheardMs: number) => void;
}

export class Responses {
  readonly #context: SessionContext;
  readonly #options: ResponsesOptions;
  #active: Response | null = null;
  readonly #beside = new Map<string, Response>();
  #guess: Guess | null = null;
  readonly #recent: number[] = [];
  #idle: (() => void)[] = [];

  constructor(context: SessionContext, options: ResponsesOptions) {
    this.#context = context;
    this.#options = options;
  }

  get active(): Response | null {
    return this.#active;
  }

  get busy(): boolean {
    return this.#active !== null || this.#beside.size > 0;
  }

  /** Throws when another one is active in the conversation, or when there are too many. */
  create(spec: ResponseSpec, cause: Cause, extra: readonly AnswerTurn[] = []): void {
    this.#admit(spec);
    this.dropGuess();
    const items = spec.input ?? [...this.#context.conversation.items];
    this.#begin(
      this.#make(spec, () => this.#turnsOf(items, extra)),
      cause,
      items,
      false,
    );
  }

  /** The turn is over and `recognition` has its words: may the guess stand? Asked before the turn comes into the conversation. */
  confirm(recognition: Recognition): void {
    const guess = this.#guess;
    if (guess === null) return;
    const stands =
      guess.recognition === recognition &&
      guess.config === this.#context.config() &&
      guess.version === this.#context.conversation.version;
    if (stands) this.#guess = { ...guess, confirmed: true };
    else this.dropGuess();
  }

  /** The answer to a spoken turn, from the guess if that still stands. The turn's item is in the conversation already. */
  answer(itemId: string, recognition: Recognition, cause: Cause): void {
    const guess = this.#guess;
    const stands =
      guess !== null &&
      guess.confirmed &&
      guess.recognition === recognition &&
      guess.config === this.#context.config() &&
      this.#context.conversation.lastId === itemId;
    if (!stands) {
      this.create(sessionSpec(this.#context.config()), cause);
      return;
    }
    this.#admit(guess.spec);
    this.#guess = null;
    this.#context.metrics.guess('used');
    this.#begin(guess, cause, [...this.#context.conversation.items], true);
  }

  /** Begins to answer what may be the whole turn. Nothing of it is sent. */
  guess(recognition: Recognition, itemId: string): void {
    this.dropGuess();
    const config = this.#context.config();
    const spec = sessionSpec(config);
    if (this.#active !== null) return;
    const items = [...this.#context.conversation.items];
    const making = this.#make(spec, async () => {
      const { text } = await recognition.heard;
      if (text === '') return null;
      const item: Item = {
        type: 'message',
        id: itemId,
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_audio', transcript: text, sound: null }],
      };
      return this.#turnsOf([...items, item], []);
    });
    this.#guess = { ...making, confirmed: false, recognition, config, version: this.#context.conversation.version };
  }

  dropGuess(): void {
    if (this.#guess === null) return;
    this.#guess.abort.abort();
    void this.#guess.pieces.return?.();
    this.#guess = null;
    this.#context.metrics.guess('discarded');
  }

  /** Throws `response_cancel_not_active`. */
  cancel(id: string | null): void {
    const response = id === null || id === this.#active?.id ? this.#active : (this.#beside.get(id) ?? null);
    if (response === null) {
      throw new RealtimeFault('response_cancel_not_active', 'Cancellation failed: no active response found', 'response_id');
    }
    response.cancel('client_cancelled');
  }

  /** Cuts the answer in the conversation, if there is one. */
  interrupt(reason: CancelReason): void {
    this.#active?.cancel(reason);
  }

  close(): void {
    this.dropGuess();
    for (const response of [this.#active, ...this.#beside.values()]) response?.cancel('client_cancelled');
  }

  /** Resolves when nothing is being answered. */
  settled(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  #admit(spec: ResponseSpec): void {
    if (spec.inConversation && this.#active !== null) {
      throw new RealtimeFault(
        'conversation_already_has_active_response',
        `Conversation already has an active response in progress: ${this.#active.id}. Wait until it is done or cancel it.`,
      );
    }
    if (this.#beside.size >= MAX_BESIDE) {
      throw new RealtimeFault(
        'rate_limit_exceeded',
        `${MAX_BESIDE} responses beside the conversation are the most.`,
        null,
        'rate_limit_error',
      );
    }
    const now = performance.now();
    while (this.#recent.length > 0 && (this.#recent[0] ?? 0) < now - 60_000) this.#recent.shift();
    if (this.#recent.length >= PER_MINUTE) {
      throw new RealtimeFault('rate_limit_exceeded', `${PER_MINUTE} responses a minute are the most.`, null, 'rate_limit_error');
    }
    this.#recent.push(now);
  }

  #make(spec: ResponseSpec, turns: () => Promise<readonly AnswerTurn[] | null>): Making {
    const abort = new AbortController();
    const marks: AnswerMarks = { begun: null, worded: null, sounded: null };
    const context = this.#context;
    async function* pieces(): AsyncGenerator<Piece> {
      const known = await turns();
      if (known === null || abort.signal.aborted) return;
      const language = context.config().transcription?.language;
      yield* produce({ engines: context.engines, spec, turns: known, language, signal: abort.signal, marks });
    }
    const ahead = prefetch(pieces(), {
      limit: (AHEAD_MS * rateOf(spec.format)) / 1000,
      weigh: (piece) => (piece.type === 'sound' ? piece.pcm.length : 1),
    });
    return { pieces: ahead, abort, marks, spec };
  }

  async #turnsOf(items: readonly Item[], extra: readonly AnswerTurn[]): Promise<readonly AnswerTurn[]> {
    for (const item of items) await this.#hearingOf(item.id);
    return limitTurns([...toTurns(items, this.#context.heard), ...extra], this.#context.config().truncation);
  }

  /** A turn that could not be heard fails the response that needs it, once; later ones go on without it. */
  async #hearingOf(itemId: string): Promise<void> {
    try {
      await this.#context.hearing.get(itemId);
    } catch (cause) {
      this.#context.hearing.delete(itemId);
      throw cause;
    }
  }

  #begin(making: Making, cause: Cause, items: readonly Item[], guessed: boolean): void {
    const { conversation, conversationId, emit, newId, drained, metrics, log } = this.#context;
    const { spec, pieces, abort, marks } = making;
    const id = newId('resp');
    const store = {
      add: (item: Item) => conversation.insert(item),
      change: (item: Item) => conversation.replace(item),
      previousOf: (itemId: string) => conversation.previousOf(itemId),
    };
    const writer = new ResponseWriter({ id, conversationId, spec, emit, newId, store: spec.inConversation ? store : null });
    const response: Response = new Response({
      id,
      spec,
      writer,
      pieces,
      abort,
      inputAudioTokens: audioTokens(items),
      drained,
      onFirstSound: () => {
        this.#told(response, cause, marks, guessed);
        this.#options.onFirstSound(response);
      },
      onFailure: (failure) => log.error({ err: failure, response: id }, 'an engine failed in the middle of a response'),
      onEnd: (end) => this.#ended(response, end, metrics),
    });
    if (spec.inConversation) this.#active = response;
    else this.#beside.set(id, response);
    response.begin();
  }

  #ended(response: Response, end: ResponseEnd, metrics: SessionContext['metrics']): void {
    if (this.#active === response) this.#active = null;
    this.#beside.delete(response.id);
    metrics.response(end.status);
    const oldest = this.#recent[0] ?? performance.now();
    this.#context.emit({
      type: 'rate_limits.updated',
      rate_limits: [
        {
          name: 'requests',
          limit: PER_MINUTE,
          remaining: Math.max(0, PER_MINUTE - this.#recent.length),
          reset_seconds: Math.max(0, (oldest + 60_000 - performance.now()) / 1000),
        },
      ],
    });
    this.#options.onEnd(response, response.unheardMs);
    if (this.busy) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #told(response: Response, cause: Cause, marks: AnswerMarks, guessed: boolean): void {
    const since = (from: number | null, to: number | null): number | null => (from === null || to === null ? null : to - from);
    const timing: TurnTiming = {
      vadWaitMs: cause.vadWaitMs,
      recognitionMs: since(cause.recognition?.startedAt ?? null, cause.recognition?.doneAt() ?? null),
      answerMs: since(marks.begun, marks.worded),
      synthesisMs: since(marks.worded, marks.sounded),
      firstSoundMs: performance.now() - cause.endedAt,
      guessed,
    };
    this.#context.metrics.timing(timing);
    if (!this.#context.config().include.includes(TIMING)) return;
    this.#context.emit({
      type: TIMING,
      response_id: response.id,
      vad_wait_ms: timing.vadWaitMs,
      recognition_ms: timing.recognitionMs,
      answer_ms: timing.answerMs,
      synthesis_ms: timing.synthesisMs,
      first_sound_ms: timing.firstSoundMs,
      guessed,
    });
  }
}

/** The protocol counts an input audio token per 100 ms. */
function audioTokens(items: readonly Item[]): number {
  let ms = 0;
  for (const item of items) {
    if (item.type !== 'message') continue;
    for (const part of item.content) {
      if (part.type === 'input_audio' && part.sound !== null) ms += (part.sound.pcm.length * 1000) / rateOf(part.sound.format);
    }
  }
  return Math.ceil(ms / 100);
}
