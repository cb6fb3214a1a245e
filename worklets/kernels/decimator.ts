/** The fast case of a resampler: every so many inputs one output (48 → 16 kHz: 3), as dense FIRs over de-interleaved inputs. */

import { designLowpass } from './lowpass.ts';
import type { Resampler } from './resampler.ts';

/** Inputs of one lane taken in between two moves of its history. */
const ROOM = 1024;
/** Outputs are made so many at a time; a frame of 20 ms is a whole number of them, so it never waits for the last. */
const GROUP = 4;

export class Decimator implements Resampler {
  readonly delay: number;
  /** Taps of one lane; a multiple of 4. */
  readonly #taps: number;
  /** One row of taps for each lane, oldest input first. */
  readonly #coefficients: Float64Array;
  /** Lane i holds the inputs i, i + factor, i + 2 × factor … */
  readonly #lanes: readonly Float64Array[];
  /** Where the next input of the current lane goes. */
  #end: number;
  #lane: number;
  /** Start of the window of the next output, the same in every lane. */
  #start = 0;

  /** `inputRate` is a whole multiple of `outputRate`. */
  constructor(inputRate: number, outputRate: number, delayMs: number) {
    const factor = inputRate / outputRate;
    const { taps, coefficients } = designLowpass(inputRate, outputRate, 1, delayMs);
    const rounded = Math.ceil(taps / factor / 4) * 4;
    this.delay = taps / 2;
    this.#taps = rounded;
    this.#coefficients = new Float64Array(rounded * factor);
    const pad = rounded * factor - taps;
    for (let tap = 0; tap < taps; tap++) {
      const at = pad + tap;
      this.#coefficients[(at % factor) * rounded + Math.floor(at / factor)] = coefficients[tap]!;
    }
    this.#lanes = Array.from({ length: factor }, () => new Float64Array(rounded + ROOM));
    // The history is silence up to the last input of the first window, so that the first input completes an output.
    this.#end = rounded - 1;
    this.#lane = factor - 1;
  }

  process(input: Float32Array, from: number, count: number, output: Float32Array, limit: number): number {
    let made = 0;
    for (let taken = 0; taken < count;) {
      if (this.#end === this.#taps + ROOM) this.#compact();
      taken += this.#take(input, from + taken, count - taken);
      while (made + GROUP <= limit && this.#start + GROUP + this.#taps - 1 <= this.#end) {
        this.#filter(output, made);
        this.#start += GROUP;
        made += GROUP;
      }
    }
    return made;
  }

  /** Deals inputs out to the lanes until one is full; returns how many. */
  #take(input: Float32Array, from: number, count: number): number {
    const lanes = this.#lanes;
    const full = this.#taps + ROOM;
    let lane = this.#lane;
    let end = this.#end;
    let taken = 0;
    while (taken < count && end < full) {
      lanes[lane]![end] = input[from + taken++]!;
      if (++lane === lanes.length) {
        lane = 0;
        end++;
      }
    }
    this.#lane = lane;
    this.#end = end;
    return taken;
  }

  /** Four outputs over four taps at a time: 16 products for 8 loads. */
  #filter(output: Float32Array, at: number): void {
    const coefficients = this.#coefficients;
    const taps = this.#taps;
    const start = this.#start;
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    for (let index = 0; index < this.#lanes.length; index++) {
      const lane = this.#lanes[index]!;
      const row = index * taps;
      let x0 = lane[start]!;
      let x1 = lane[start + 1]!;
      let x2 = lane[start + 2]!;
      for (let tap = 0; tap < taps; tap += 4) {
        const c0 = coefficients[row + tap]!;
        const c1 = coefficients[row + tap + 1]!;
        const c2 = coefficients[row + tap + 2]!;
        const c3 = coefficients[row + tap + 3]!;
        const x3 = lane[start + tap + 3]!;
        const x4 = lane[start + tap + 4]!;
        const x5 = lane[start + tap + 5]!;
        const x6 = lane[start + tap + 6]!;
        y0 += c0 * x0 + c1 * x1 + (c2 * x2 + c3 * x3);
        y1 += c0 * x1 + c1 * x2 + (c2 * x3 + c3 * x4);
        y2 += c0 * x2 + c1 * x3 + (c2 * x4 + c3 * x5);
        y3 += c0 * x3 + c1 * x4 + (c2 * x5 + c3 * x6);
        x0 = x4;
        x1 = x5;
        x2 = x6;
      }
    }
    output[at] = y0;
    output[at + 1] = y1;
    output[at + 2] = y2;
    output[at + 3] = y3;
  }

  #compact(): void {
    for (let lane = 0; lane < this.#lanes.length; lane++) this.#lanes[lane]!.copyWithin(0, this.#start, this.#end + 1);
    this.#end -= this.#start;
    this.#start = 0;
  }
}
