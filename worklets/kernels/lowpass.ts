/** Designs the low-pass filter of a resampler: a Kaiser-windowed sinc, as the taps of each of its phases. */

/** Stop-band attenuation that every filter is designed for, in dB. */
const ATTENUATION_DB = 104;
/** Kaiser's own formulas (1974): the window's shape, and transition width (cycles a sample) times length (samples). */
const BETA = 0.1102 * (ATTENUATION_DB - 8.7);
const TRANSITION = (ATTENUATION_DB - 8) / (2.285 * 2 * Math.PI);
/** Where between its pass and its stop edge the filter is cut off: within 0.01 dB, the pass band reaches further than Kaiser's edge. */
const CUT_SHARE = 0.44;
/** Flat up to this share of the lower of the two rates: 7 kHz of 16 kHz. */
const PASS_SHARE = 7 / 16;

export interface Lowpass {
  /** Taps of one phase; a multiple of 4. An output is `taps / 2` inputs late. */
  readonly taps: number;
  /** One row of taps for each phase, and one more for the next input's first; newest input last; every row sums to 1. */
  readonly coefficients: Float64Array;
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

/** A filter at `inputRate` (Hz) for `phases` equally spaced positions between two inputs, at most `delayMs` late. Equal rates pass as they are. */
export function designLowpass(inputRate: number, outputRate: number, phases: number, delayMs: number): Lowpass {
  if (inputRate === outputRate) return { taps: 4, coefficients: Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0) };
  const half = Math.max(4, Math.floor((inputRate * delayMs) / 2_000) * 2);
  const taps = half * 2;
  const cutoff = (PASS_SHARE * Math.min(inputRate, outputRate)) / inputRate + (CUT_SHARE * TRANSITION) / taps;
  const coefficients = new Float64Array((phases + 1) * taps);
  for (let row = 0; row <= phases; row++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = half - 1 - tap + row / phases;
      const angle = 2 * Math.PI * cutoff * distance;
      const window = bessel0(BETA * Math.sqrt(Math.max(0, 1 - (distance / half) ** 2)));
      const value = (angle === 0 ? 1 : Math.sin(angle) / angle) * window;
      coefficients[row * taps + tap] = value;
      sum += value;
    }
    for (let at = row * taps; at < (row + 1) * taps; at++) coefficients[at]! /= sum;
  }
  return { taps, coefficients };
}
