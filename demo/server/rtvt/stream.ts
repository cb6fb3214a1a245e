import { setMaxListeners } from 'node:events';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { resultMethod } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { Push } from '../../../src/protocols/rtvt/messages-pushes.ts';
import type { Engines } from '../engines/engine.ts';
import { RtvtFault } from './fault.ts';
import { FrameOrder } from './frame-order.ts';
import { amongOf, Interpretation } from './interpretation.ts';
import type { Finding } from './interpretation.ts';
import type { RtvtMetrics } from './metrics.ts';
import type { StreamRoles } from './roles.ts';
import { Sentences } from './sentences.ts';
import type { FinishedSentence, Sentence } from './sentences.ts';
import type { StreamSettings } from './settings.ts';
import { Sound } from './sound.ts';

/** One stream of speech: frames in, results out, until its client ends it or sends nothing for too long. */

/** 20 ms of 16 kHz mono s16le. */
export const FRAME_BYTES = 640;
const PER_MS = 16;
/** Frames that come in the middle of a sentence and then stop: the sentence is over. ms */
const STALL_MS = 1500;
/** Without any frame the stream ends. ms */
const EXPIRES_MS = 30_000;
/** Sound that may wait to be judged before its connection is not read any more. ms */
const BACKLOG_MS = 20_000;
/** Sentences that are over and not told yet; more wait as sound. */
const MOST_UNDER_WAY = 6;
/** Work left after the end is given up after this. ms */
const DRAIN_MS = 15_000;
/** Speech of several languages: which one is known from the first seconds of a sentence. ms */
const IDENTIFIED_MS = 3000;

export interface StreamOptions {
  readonly id: bigint;
  readonly pid: number;
  readonly settings: StreamSettings;
  readonly roles: StreamRoles;
  readonly translator: Engines['translate'];
  readonly emit: (push: Push) => void;
  readonly metrics: RtvtMetrics;
  /** An engine failed; told for the log. */
  readonly onFailure: (cause: unknown) => void;
}

export interface VoiceFrame {
  readonly seq: number;
  /** ms */
  readonly ts: number;
  /** 640 bytes. */
  readonly data: Uint8Array;
}

/** A sentence that is being said, or worked on. */
interface Open {
  readonly sentence: Sentence;
  readonly work: Interpretation;
  /** ms on the client's clock. */
  readonly startTs: number;
  endTs: number;
  /** Found in its first seconds, where several are possible. */
  language: string | null;
}

export class RtvtStream {
  readonly id: bigint;
  readonly settings: StreamSettings;
  readonly #options: StreamOptions;
  readonly #sound = new Sound();
  readonly #order = new FrameOrder<{ readonly pcm: Int16Array; readonly ts: number }>();
  readonly #sentences: Sentences;
  readonly #abort = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #targets: readonly string[];
  #open: Open | null = null;
  /** Finals are told in the order of their sentences. */
  #turn: Promise<void> = Promise.resolve();
  #lastFrameAt = performance.now();
  #batch = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.id = options.id;
    this.settings = options.settings;
    this.#targets = options.settings.targets ?? [];
    // Everything that is under way listens to it; how much that is, is bounded elsewhere.
    setMaxListeners(0, this.#abort.signal);
    this.#sentences = new Sentences({
      sound: this.#sound,
      hear: options.roles.hear,
      activity: options.roles.activity,
      silenceMs: this.settings.silenceMs,
      mayGuess: options.roles.mayGuess,
      interim: this.settings.interim && (this.settings.recognition || this.settings.translation),
      hints: (sentence) => this.#hints(sentence),
      onInterim: (sentence, heard, to) => {
        const open = this.#opened(sentence);
        if (to - sentence.begins >= IDENTIFIED_MS * PER_MS) open.language = heard.language;
        open.endTs = this.#sound.timeOf(to);
        open.work.grow(heard);
      },
      onFinished: (finished) => this.#finish(finished),
      onDropped: () => options.metrics.dropped('interim'),
      onFailure: options.onFailure,
    });
  }

  /** The connection should not be read while this is true. */
  get overfull(): boolean {
    return this.#sentences.backlog > BACKLOG_MS * PER_MS;
  }

  /** Targets of the sound from now on, for streams that began without. */
  aim(targets: readonly string[]): void {
    this.#targets = targets;
  }

  /** One frame. Throws 800003 when it is no 20 ms of sound. `batch`: how many frames may wait to be judged together. */
  push({ seq, ts, data }: VoiceFrame, batch = 1): void {
    if (data.length !== FRAME_BYTES)
      throw new RtvtFault(
        RTVT_CODE.badParameter,
        `data: ${data.length} bytes; a frame is ${FRAME_BYTES} bytes, 20 ms at 16 kHz, mono, 16 bits.`,
      );
    this.#lastFrameAt = performance.now();
    // A copy of its own: what came is the buffer of the socket.
    const pcm = new Int16Array(Uint8Array.from(data).buffer);
    for (const frame of this.#order.push(seq, { pcm, ts })) this.#sound.append(frame.pcm, frame.ts);
    if (++this.#batch < batch) return;
    this.#batch = 0;
    this.#judge();
  }

  /** Called now and then: ends a sentence that got stuck; false when the stream has expired. */
  tick(now: number): boolean {
    const silentMs = now - this.#lastFrameAt;
    if (silentMs > STALL_MS && this.#sentences.speaking) {
      this.#catchUp();
      this.#sentences.cut();
    }
    this.#judge();
    return silentMs < EXPIRES_MS;
  }

  /** No more frames: resolves when everything that was said has been told, or after 15 s. */
  async end(): Promise<void> {
    this.#catchUp();
    const patience = AbortSignal.timeout(DRAIN_MS);
    const over = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([this.#sentences.finish().then(() => this.#settled()), over]);
    this.close();
  }

  /** Gives everything up. */
  close(): void {
    this.#sentences.close();
    this.#open?.work.stop();
    this.#abort.abort();
    this.#options.metrics.frames('late', this.#order.late);
    this.#options.metrics.frames('lost', this.#order.lost);
  }

  #judge(): void {
    if (this.#underWay.size < MOST_UNDER_WAY) this.#sentences.appended();
  }

  #catchUp(): void {
    for (const frame of this.#order.flush()) this.#sound.append(frame.pcm, frame.ts);
  }

  #opened(sentence: Sentence): Open {
    if (this.#open?.sentence === sentence) return this.#open;
    const { roles, translator, metrics, onFailure } = this.#options;
    const startTs = this.#sound.timeOf(sentence.begins);
    const work = new Interpretation({
      settings: this.settings,
      targets: () => this.#targets,
      roles,
      translator,
      signal: this.#abort.signal,
      tell: (finding) => this.#tell(open, finding),
      onDropped: (what) => metrics.dropped(what),
      onFailure,
    });
    const open: Open = { sentence, work, startTs, endTs: startTs, language: null };
    this.#open = open;
    return open;
  }

  #hints(sentence: Sentence | null): { readonly language: string; readonly among?: readonly string[] } {
    const known = sentence !== null && this.#open?.sentence === sentence ? this.#open.language : null;
    return known === null ? { language: this.settings.source, ...amongOf(this.settings) } : { language: known };
  }

  #finish(finished: FinishedSentence): void {
    const open = this.#opened(finished.sentence);
    const { work } = open;
    this.#open = null;
    open.endTs = this.#sound.timeOf(finished.voiced);
    const before = this.#turn;
    const startedAt = performance.now();
    const { recognition } = finished;
    this.#abort.signal.addEventListener('abort', recognition.cancel, { once: true });
    let told = (): void => undefined;
    this.#turn = new Promise((resolve) => (told = resolve));
    const done = before
      .then(() =>
        work.finish(finished, () => {
          this.#options.metrics.finalMs(performance.now() - startedAt);
          told();
        }),
      )
      .catch(this.#options.onFailure)
      .finally(() => {
        told();
        this.#abort.signal.removeEventListener('abort', recognition.cancel);
        this.#underWay.delete(done);
        this.#judge();
      });
    this.#underWay.add(done);
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #tell({ sentence, startTs, endTs }: Open, finding: Finding): void {
    if (this.#abort.signal.aborted) return;
    const taskId = BigInt(sentence.task);
    const { id: streamId, pid } = this.#options;
    if (finding.type === 'speech') {
      const { text, language, file } = finding;
      this.#options.emit({ method: 'ttsResult', streamId, text, lang: language, data: file, taskId });
      return;
    }
    const { side, final, text, language } = finding;
    this.#options.emit({
      method: resultMethod(side, final),
      side,
      final,
      pid,
      streamId,
      startTs,
      endTs,
      recTs: Date.now(),
      lang: language,
      taskId,
      text,
    });
  }
}
