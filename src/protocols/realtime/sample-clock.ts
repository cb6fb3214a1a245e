import { samples, type Samples } from '../../shared/time.ts';

/**
 * The server counts all sound ever appended on this connection; the page counts all sound ever captured. Gaps (mute, dropped frames,
 * a talk key that is up) make the two differ, so each unbroken run is remembered as where it began on both.
 */
export class SampleClock {
  readonly #rate: number;
  readonly #runs: { readonly wire: number; readonly at: number }[] = [];
  #appended = 0;
  #end = 0;

  /** `rate`: Hz of what is appended. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Samples appended so far. */
  get appended(): number {
    return this.#appended;
  }

  /** Capture position right behind the last appended sample. */
  get end(): Samples {
    return samples(this.#end);
  }

  append(at: Samples, count: number): void {
    if (this.#runs.length === 0 || at !== this.#end) {
      this.#runs.push({ wire: this.#appended, at });
      // A run is at least one frame: this is more than a minute of the worst stutter, and an hour of usual speech.
      if (this.#runs.length > 4096) this.#runs.splice(0, 1024);
    }
    this.#appended += count;
    this.#end = at + count;
  }

  /** The capture sample at `wireMs` of appended sound; null when nothing (any more) is known of it. */
  toCapture(wireMs: number): Samples | null {
    const wire = Math.min(Math.round((wireMs * this.#rate) / 1000), this.#appended);
    let low = 0;
    let high = this.#runs.length - 1;
    if (high < 0 || !(wire >= (this.#runs[0]?.wire ?? Infinity))) return null;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.wire ?? Infinity) <= wire) low = middle;
      else high = middle - 1;
    }
    const run = this.#runs[low];
    return run ? samples(run.at + wire - run.wire) : null;
  }
}
