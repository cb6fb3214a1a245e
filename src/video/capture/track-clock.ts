/** Where a track's timestamps stand on the capture clock. */

/** Media that counts, ms, twice: long enough for a quiet moment, short enough to follow a device whose clock drifts. */
const WINDOW_MS = 30_000;
/** A sound's timestamp that is so little behind the page's clock counts by it. */
const SAME_CLOCK_MS = 1000;

/**
 * Frames say when they were captured, each track from a beginning of its own (Chromium: sound by `performance.now`, a camera by the
 * system's uptime, a canvas from its first picture). A frame can come late, never early, so the earliest tells best.
 */
export class TrackClock {
  readonly #pageZeroMs: number | null;
  #fromMs = -Infinity;
  #before = Infinity;
  #least = Infinity;

  /** `pageZeroMs`: the capture clock when `performance.now` was 0, for tracks that may count by it; null = this one does not. */
  constructor(pageZeroMs: number | null) {
    this.#pageZeroMs = pageZeroMs;
  }

  /** A frame of `timestampMs` came at `nowMs` of the capture clock. */
  came(timestampMs: number, nowMs: number): void {
    if (nowMs - this.#fromMs > WINDOW_MS) {
      this.#before = this.#fromMs === -Infinity ? Infinity : this.#least;
      this.#least = Infinity;
      this.#fromMs = nowMs;
    }
    this.#least = Math.min(this.#least, nowMs - timestampMs);
  }

  /** Capture clock at timestamp 0; Infinity before any frame. */
  get zeroMs(): number {
    const least = Math.min(this.#least, this.#before);
    const pageZeroMs = this.#pageZeroMs;
    return pageZeroMs !== null && Math.abs(least - pageZeroMs) < SAME_CLOCK_MS ? pageZeroMs : least;
  }
}
