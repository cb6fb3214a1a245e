/** Sound put where it was captured: an encoder only counts samples, so what is missing has to be put in as silence. */

export type Placed<Sound> =
  | { readonly type: 'silence'; readonly ms: number }
  /** `atMs`: on the epoch's clock. */
  | { readonly type: 'sound'; readonly sound: Sound; readonly atMs: number };

/** A deviation that is none. */
const SLACK_MS = 15;
/** What comes with a later time than it should is held back for so long: either the next ones are in time, or time is missing. */
const HOLD_MS = 500;
/** Media that counts for how the device's clock stands to the page's, twice. */
const WINDOW_MS = 15_000;

interface Held<Sound> {
  readonly sound: Sound;
  readonly timestampMs: number;
  readonly durationMs: number;
}

/** Times are those of the track; the epoch's clock begins at 0 with its first sample and counts samples. */
export class SoundTimeline<Sound> {
  #countMs = 0;
  /** Track time of the first sample: the least of timestamp minus count. */
  #least = Infinity;
  #before = Infinity;
  #windowMs = 0;
  #begun = false;
  #held: Held<Sound>[] = [];

  /** Timestamp of its first sample, by the device; `durationMs` by its count of samples. */
  push(sound: Sound, timestampMs: number, durationMs: number): readonly Placed<Sound>[] {
    this.#held.push({ sound, timestampMs, durationMs });
    const heldMs = this.#held.reduce((sum, each) => sum + each.durationMs, 0);
    if (!this.#begun) {
      // How late the first ones are shows when more have come.
      if (heldMs < HOLD_MS) return [];
      this.#begun = true;
      return this.#place();
    }
    return this.#missingMs() > SLACK_MS && heldMs < HOLD_MS ? [] : this.#place();
  }

  /** What is held back. */
  flush(): readonly Placed<Sound>[] {
    this.#begun = true;
    return this.#place();
  }

  /** Track time of the epoch's 0; Infinity before anything is placed. */
  get zeroMs(): number {
    return Math.min(this.#least, this.#before);
  }

  /** The least that all of what is held is late by. */
  #missingMs(): number {
    let countMs = this.#countMs;
    let least = Infinity;
    for (const { timestampMs, durationMs } of this.#held) {
      least = Math.min(least, timestampMs - countMs);
      countMs += durationMs;
    }
    return least - this.zeroMs;
  }

  #place(): readonly Placed<Sound>[] {
    const placed: Placed<Sound>[] = [];
    const missingMs = this.#missingMs();
    // Before the first sound nothing can be missing: then this is −Infinity.
    if (missingMs > SLACK_MS) {
      placed.push({ type: 'silence', ms: missingMs });
      this.#countMs += missingMs;
    }
    for (const { sound, timestampMs, durationMs } of this.#held) {
      placed.push({ type: 'sound', sound, atMs: this.#countMs });
      this.#learn(timestampMs - this.#countMs, durationMs);
      this.#countMs += durationMs;
    }
    this.#held = [];
    return placed;
  }

  #learn(zeroMs: number, durationMs: number): void {
    this.#windowMs += durationMs;
    if (this.#windowMs > WINDOW_MS) [this.#before, this.#least, this.#windowMs] = [this.#least, Infinity, 0];
    this.#least = Math.min(this.#least, zeroMs);
  }
}
