/** From blocks at the device's rate to frames at the wanted rate: resample, cut, measure. */

import { Decimator } from './decimator.ts';
import { Framer } from './framer.ts';
import { Level } from './level.ts';
import { RationalResampler, type Resampler } from './resampler.ts';

/** ms; with the filter's design it gives −100 dB from 8.15 kHz on at a 16 kHz target. */
const DELAY_MS = 2.75;
/** Inputs resampled at once. */
const BLOCK = 128;

export class CaptureKernel {
  /** Samples at or beyond full scale among the inputs since the last frame, to the block. */
  clipped = 0;
  readonly framer: Framer;
  readonly #resampler: Resampler;
  readonly #resampled: Float32Array;
  readonly #input = new Level();
  readonly #emit: () => void;

  /** `emit` is called for every whole frame, which is in `framer` then. */
  constructor(deviceRate: number, targetRate: number, frameMs: number, emit: () => void) {
    const whole = deviceRate > targetRate && deviceRate % targetRate === 0;
    this.#resampler = new (whole ? Decimator : RationalResampler)(deviceRate, targetRate, DELAY_MS);
    this.#resampled = new Float32Array(Math.ceil((BLOCK * targetRate) / deviceRate) + 4);
    this.framer = new Framer(targetRate, frameMs);
    this.#emit = emit;
  }

  /** Takes a block of any length. */
  process(input: Float32Array): void {
    for (let from = 0; from < input.length; from += BLOCK) {
      const count = Math.min(BLOCK, input.length - from);
      this.#input.add(input, from, count);
      const made = this.#resampler.process(input, from, count, this.#resampled, this.#resampled.length);
      for (let taken = 0; taken < made;) {
        taken += this.framer.push(this.#resampled, taken, made - taken);
        if (!this.framer.whole) continue;
        this.clipped = this.#input.clipped;
        this.#input.reset();
        this.#emit();
      }
    }
  }
}
