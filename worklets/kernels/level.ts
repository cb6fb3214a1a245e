/** Measures a stretch of samples: its RMS, and how many samples were at or beyond full scale. */

/** The largest 16-bit sample as a float: what a saturated converter delivers. */
const FULL_SCALE = 32767 / 32768;

export class Level {
  #squares = 0;
  #count = 0;
  #clipped = 0;

  add(samples: Float32Array, from: number, count: number): void {
    let squares = 0;
    let clipped = 0;
    for (let index = from; index < from + count; index++) {
      const sample = samples[index]!;
      squares += sample * sample;
      if (sample >= FULL_SCALE || sample <= -FULL_SCALE) clipped++;
    }
    this.#squares += squares;
    this.#count += count;
    this.#clipped += clipped;
  }

  /** 0–1, 0 when nothing was added. */
  get rms(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count);
  }

  /** Samples added. */
  get count(): number {
    return this.#count;
  }

  get clipped(): number {
    return this.#clipped;
  }

  reset(): void {
    this.#squares = this.#count = this.#clipped = 0;
  }
}
