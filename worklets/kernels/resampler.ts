/** Changes the rate of a stream of samples, for any two rates, exactly and without allocating. */

import { designLowpass } from './lowpass.ts';

/** More phases than this are not tabled but interpolated between `TABLED` ones (error below −120 dB). */
const MOST_PHASES = 1024;
const TABLED = 512;
/** Inputs taken in between two moves of the history. */
const ROOM = 2048;

export interface Resampler {
  /** Group delay in input samples. */
  readonly delay: number;
  /** Takes `count` inputs starting at `input[from]`; writes what can be made, at most `limit`, to `output`; returns how many. */
  process(input: Float32Array, from: number, count: number, output: Float32Array, limit: number): number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A polyphase FIR for a rational factor. Rates are whole Hz; positions are kept in whole numbers, so there is no drift. */
export class RationalResampler implements Resampler {
  readonly delay: number;
  readonly #up: number;
  readonly #down: number;
  readonly #tabled: number;
  readonly #taps: number;
  readonly #coefficients: Float64Array;
  readonly #history: Float64Array;
  readonly #pair = new Float32Array(2);
  /** Where the next input goes. */
  #end: number;
  /** Where the newest input of the next output is. */
  #next: number;
  #phase = 0;

  constructor(inputRate: number, outputRate: number, delayMs: number) {
    const divisor = greatestCommonDivisor(inputRate, outputRate);
    this.#up = outputRate / divisor;
    this.#down = inputRate / divisor;
    this.#tabled = this.#up > MOST_PHASES ? TABLED : this.#up;
    const { taps, coefficients } = designLowpass(inputRate, outputRate, this.#tabled, delayMs);
    this.#taps = taps;
    this.#coefficients = coefficients;
    this.delay = taps / 2;
    this.#history = new Float64Array(taps + ROOM);
    this.#end = this.#next = taps;
  }

  /** Forgets the past. The next output is that of the next input itself, not of the silence before: it needs `delay` inputs more. */
  restart(): void {
    this.#history.fill(0);
    this.#end = this.#taps;
    this.#next = this.#end + this.delay;
    this.#phase = 0;
  }

  /** How many inputs must come before `outputs` more outputs can be made. */
  needed(outputs: number): number {
    const last = this.#next + Math.floor((this.#phase + (outputs - 1) * this.#down) / this.#up);
    return Math.max(0, last + 1 - this.#end);
  }

  process(input: Float32Array, from: number, count: number, output: Float32Array, limit: number): number {
    const history = this.#history;
    let made = this.#drain(output, 0, limit);
    for (let taken = 0; taken < count;) {
      if (this.#end === history.length) this.#compact();
      const stop = Math.min(count, taken + history.length - this.#end);
      while (taken < stop) history[this.#end++] = input[from + taken++]!;
      made = this.#drain(output, made, limit);
    }
    return made;
  }

  #drain(output: Float32Array, made: number, limit: number): number {
    while (made < limit && this.#next < this.#end) {
      if (this.#tabled === this.#up) this.#filter(this.#phase, output, made);
      else this.#interpolate(output, made);
      made++;
      this.#phase += this.#down;
      while (this.#phase >= this.#up) {
        this.#phase -= this.#up;
        this.#next++;
      }
    }
    return made;
  }

  /** Writes rather than returns: a number handed over between functions may cost an allocation. Four sums keep the adders busy. */
  #filter(row: number, output: Float32Array, at: number): void {
    const coefficients = this.#coefficients;
    const history = this.#history;
    const taps = this.#taps;
    const first = this.#next - taps + 1;
    const start = row * taps;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let tap = 0; tap < taps; tap += 4) {
      a += coefficients[start + tap]! * history[first + tap]!;
      b += coefficients[start + tap + 1]! * history[first + tap + 1]!;
      c += coefficients[start + tap + 2]! * history[first + tap + 2]!;
      d += coefficients[start + tap + 3]! * history[first + tap + 3]!;
    }
    output[at] = a + b + (c + d);
  }

  #interpolate(output: Float32Array, at: number): void {
    const position = (this.#phase * this.#tabled) / this.#up;
    const row = Math.floor(position);
    this.#filter(row, this.#pair, 0);
    this.#filter(row + 1, this.#pair, 1);
    output[at] = this.#pair[0]! + (position - row) * (this.#pair[1]! - this.#pair[0]!);
  }

  /** Moves what is still needed to the front. */
  #compact(): void {
    const first = this.#next - this.#taps + 1;
    this.#history.copyWithin(0, first, this.#end);
    this.#next -= first;
    this.#end -= first;
  }
}
