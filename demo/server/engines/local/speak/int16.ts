/** Synthesised samples, −1…1, as the 16-bit ones that are sent. */

/** With `pause` samples of silence behind it. Rounded; what is too loud is bent, not cut. */
export function int16(samples: Float32Array, gain: number, pause: number): Int16Array {
  const pcm = new Int16Array(samples.length + pause);
  for (let index = 0; index < samples.length; index++)
    pcm[index] = Math.round(32_767 * limited(gain * (samples[index] as number)));
  return pcm;
}

const KNEE = 0.8;

function limited(sample: number): number {
  const size = Math.abs(sample);
  return size <= KNEE ? sample : Math.sign(sample) * (KNEE + (1 - KNEE) * Math.tanh((size - KNEE) / (1 - KNEE)));
}
