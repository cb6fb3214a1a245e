import type { VoiceActivity, VoiceActivityStream } from '../engines/engine.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import type { InputBuffer } from './input-buffer.ts';

/** Feeds what is appended to the voice activity engine, in order, and tells its judgement of each window. */

/** Samples of one voice activity window. */
export const WINDOW = 512;
/** An engine that died is asked again after this. ms */
const RESTART_MS = 500;

export interface ActivityFeedOptions {
  readonly buffer: Pick<InputBuffer, 'end' | 'heard'>;
  readonly engine: VoiceActivity;
  /** What could not be judged because the engine died is judged when it is up again; else listening goes on from then. */
  readonly lossless?: boolean;
  /** One window, `[from, to)` in samples, and its speech probability. */
  readonly onWindow: (probability: number, from: number, to: number) => void;
  readonly onFailure: (cause: unknown) => void;
}

export class ActivityFeed {
  readonly #options: ActivityFeedOptions;
  #stream: VoiceActivityStream | null = null;
  /** End of what the engine was given; samples. */
  #fed = 0;
  /** Start of the next window to be judged. */
  #windowAt = 0;
  #pumping = false;
  #idle: (() => void)[] = [];
  #restart: NodeJS.Timeout | null = null;
  /** What has been judged stays judged. */
  #resume = false;

  constructor(options: ActivityFeedOptions) {
    this.#options = options;
  }

  /** From here on; what is in the buffer already is not judged. */
  start(): void {
    if (this.#stream !== null || this.#restart !== null) return;
    try {
      this.#stream = this.#options.engine.open();
      if (!this.#resume) this.#windowAt = this.#options.buffer.end;
      this.#fed = this.#windowAt;
      this.#resume = this.#options.lossless === true;
    } catch (cause) {
      this.#startAgain(cause);
    }
  }

  stop(): void {
    this.#halt();
    this.#tellIdle();
  }

  /** More sound is in the buffer. */
  appended(): void {
    if (!this.#pumping) void this.#pump();
  }

  /** Resolves when all that is in the buffer by now was judged, or will never be. */
  idle(): Promise<void> {
    return this.#pumping || this.#willGoOn ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#stream !== null && this.#fed < this.#options.buffer.end) {
        const stream = this.#stream;
        const to = Math.min(this.#options.buffer.end, this.#fed + ENGINE_RATE);
        const probabilities = await stream.push(this.#options.buffer.heard(this.#fed, to));
        if (stream !== this.#stream) continue;
        this.#fed = to;
        for (const probability of probabilities) {
          this.#windowAt += WINDOW;
          this.#options.onWindow(probability, this.#windowAt - WINDOW, this.#windowAt);
        }
      }
    } catch (cause) {
      // Stopped meanwhile: nobody waits for judgements any more.
      if (this.#stream !== null) this.#startAgain(cause);
    } finally {
      this.#pumping = false;
      if (!this.#willGoOn) this.#tellIdle();
    }
  }

  get #willGoOn(): boolean {
    return this.#options.lossless === true && this.#restart !== null;
  }

  #tellIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #halt(): void {
    this.#stream?.close();
    this.#stream = null;
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#restart = null;
  }

  #startAgain(cause: unknown): void {
    this.#halt();
    this.#restart = setTimeout(() => {
      this.#restart = null;
      this.start();
      this.appended();
    }, RESTART_MS);
    this.#options.onFailure(cause);
  }
}
