import { msToSamples, ms } from '../shared/time.ts';

/** Keeps the speech that no server has settled yet, so that a lost connection loses none of it and repeats none. */

/** A captured frame on the capture clock. */
export interface StoredFrame {
  readonly pcm: Int16Array;
  readonly at: number;
}

/** Longest memory across a lost connection. */
const KEEP_MS = 30_000;
/** Sound that the server has had for this long without reporting speech is none; before that it may only be slow. */
const QUIET_MS = 4_000;
/** Sound before the reported start that belongs to the turn (the protocol's prefix padding). */
const PREFIX_MS = 300;

export class SpeechStore {
  readonly #keep: number;
  readonly #quiet: number;
  readonly #prefix: number;
  #frames: StoredFrame[] = [];
  #turns = new Map<string, number>();
  /** Capture time at which a server began to listen; null while none does. */
  #since: number | null = null;
  #newest = 0;
  /** Samples of speech given up because nobody listened for too long. */
  overflowed = 0;

  /** `rate`: Hz of the frames. */
  constructor(rate: number) {
    this.#keep = msToSamples(ms(KEEP_MS), rate);
    this.#quiet = msToSamples(ms(QUIET_MS), rate);
    this.#prefix = msToSamples(ms(PREFIX_MS), rate);
  }

  push(frame: StoredFrame): void {
    this.#frames.push(frame);
    this.#newest = frame.at;
    const oldest = this.#frames[0]?.at ?? frame.at;
    if (oldest < frame.at - this.#keep) {
      this.overflowed += frame.pcm.length;
      this.#dropBefore(frame.at - this.#keep);
    }
    // What was kept for this server came all at once when it began to listen, so it has had none of it for longer than that.
    const heard = frame.at - this.#quiet;
    if (this.#since !== null && this.#since <= heard && this.#turns.size === 0) this.#dropBefore(heard);
  }

  /** The server heard a turn begin at capture sample `at` (null = it cannot tell: all that is kept may belong to it). */
  started(itemId: string, at: number | null): void {
    const since = at === null ? (this.#frames[0]?.at ?? 0) : at - this.#prefix;
    if (!this.#turns.has(itemId)) this.#turns.set(itemId, since);
    if (this.#turns.size === 1) this.#dropBefore(since);
  }

  /** Everything before `through` is transcribed for good. */
  settle(through: number): void {
    for (const [itemId, since] of this.#turns) if (since < through) this.#turns.delete(itemId);
    this.#dropBefore(through);
  }

  /** The server gave this turn up; sending it again would give the same. */
  abandon(itemId: string): void {
    this.#turns.delete(itemId);
  }

  /** Nothing kept is wanted any more (muted, a new push-to-talk turn). */
  clear(): void {
    this.#frames = [];
    this.#turns.clear();
  }

  /** A server listens: all that is kept goes up to it, oldest first. */
  connect(): readonly StoredFrame[] {
    this.#since = this.#newest;
    return this.#frames;
  }

  /** No server listens: everything from here on is kept, and open turns begin anew on the next connection. */
  disconnect(): void {
    this.#since = null;
    this.#turns.clear();
  }

  #dropBefore(at: number): void {
    let count = 0;
    while (count < this.#frames.length && (this.#frames[count]?.at ?? Infinity) < at) count += 1;
    if (count > 0) this.#frames.splice(0, count);
  }
}
