/** Test signals and what is measured of them. */

export const sine = (frequency: number, rate: number, length: number, amplitude = 1, phase = 0): Float64Array =>
  Float64Array.from({ length }, (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / rate + phase));

export const rms = (samples: ArrayLike<number>, from = 0, to = samples.length): number => {
  let sum = 0;
  for (let index = from; index < to; index++) sum += samples[index]! ** 2;
  return Math.sqrt(sum / (to - from));
};

export const db = (ratio: number): number => 20 * Math.log10(Math.max(ratio, 1e-12));

/** Least-squares amplitude and phase of `frequency` in `samples`, and the RMS of what is left of them without it. */
export function fit(
  samples: ArrayLike<number>,
  frequency: number,
  rate: number,
  from: number,
): { readonly amplitude: number; readonly phase: number; readonly rest: number } {
  let [cc, ss, cs, xc, xs] = [0, 0, 0, 0, 0];
  const angle = (2 * Math.PI * frequency) / rate;
  for (let index = from; index < samples.length; index++) {
    const c = Math.cos(angle * index);
    const s = Math.sin(angle * index);
    const x = samples[index]!;
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
  }
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  let rest = 0;
  for (let index = from; index < samples.length; index++) {
    rest += (samples[index]! - a * Math.cos(angle * index) - b * Math.sin(angle * index)) ** 2;
  }
  return { amplitude: Math.hypot(a, b), phase: Math.atan2(a, b), rest: Math.sqrt(rest / (samples.length - from)) };
}

/** Repeatable noise, −1…1. */
export function noise(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
}
