/** Takes the silence off both ends of synthesised speech: at the front the listener would wait through it, behind it our own pause comes. */

/** Of the loudest sample: below it nothing is heard. */
const AUDIBLE = 0.02;
/** Kept before the first audible sample, so that no soft onset is cut, ms. */
const LEAD_MS = 8;
/** Kept behind the last audible one for the decay, ms. */
const TAIL_MS = 40;

/** A view of `samples`, empty when there is nothing to hear. */
export function trimmed(samples: Float32Array, rate: number): Float32Array {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  if (peak === 0) return samples.subarray(0, 0);
  const audible = peak * AUDIBLE;
  let first = 0;
  while (Math.abs(samples[first] as number) < audible) first++;
  let last = samples.length - 1;
  while (Math.abs(samples[last] as number) < audible) last--;
  const from = Math.max(0, first - Math.round((LEAD_MS * rate) / 1000));
  const to = Math.min(samples.length, last + 1 + Math.round((TAIL_MS * rate) / 1000));
  return samples.subarray(from, to);
}
