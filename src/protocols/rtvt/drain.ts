/** How a stream ends that gets no more speech: silence behind it, its last results, the end told, a while of listening. Pure. */

const FRAME_MS = 20;
/** Silence behind the last word, so that the service finds the end of the sentence: so much, and more than it waits for. */
const PADDING_MS = 1_000;
const BEYOND_MS = 500;
/** Results that were not told so long after all sound was taken may come behind the end. */
const RESULTS_MS = 5_000;
/** Nobody knows whether results come behind the end; the vendor's own clients listen so long. */
const LINGER_MS = 3_000;
/** With all tries to connect again. */
const GIVE_UP_MS = 30_000;

/** `end`: tell the service that this was all; `over`: nobody needs to listen any more. */
export type DrainStep = 'wait' | 'end' | 'over';

/** Frames of silence behind the last one; `silenceMs`: what ends a sentence where the page said so, -1 = nothing does. */
export const paddingFrames = (silenceMs = 0): number => Math.ceil(Math.max(PADDING_MS, silenceMs + BEYOND_MS) / FRAME_MS);

export class Drain {
  readonly #since: number;
  #drainedAt: number | null = null;
  #isTold = false;
  #endedAt: number | null = null;

  /** `since`: when the stream was closed, ms; so are all times here. */
  constructor(since: number) {
    this.#since = since;
  }

  /** The service knows that this was all. */
  get isEnded(): boolean {
    return this.#endedAt !== null;
  }

  /** Another connection: what was sent may have to be sent again. */
  again(): void {
    this.#drainedAt = this.#endedAt = null;
    this.#isTold = false;
  }

  ended(now: number): void {
    this.#endedAt ??= now;
  }

  /** What is due at `now`. `taken`: the service has all sound; `open`: a sentence lacks its final. `end` is said once a connection. */
  step(now: number, { taken, open }: { readonly taken: boolean; readonly open: boolean }): DrainStep {
    if (now - this.#since >= GIVE_UP_MS) return 'over';
    if (this.#endedAt !== null) return now - this.#endedAt >= LINGER_MS ? 'over' : 'wait';
    if (this.#isTold || !taken) return 'wait';
    this.#drainedAt ??= now;
    if (open && now - this.#drainedAt < RESULTS_MS) return 'wait';
    this.#isTold = true;
    return 'end';
  }
}
