import { noise as random } from './signals.ts';

/** Noises of a room, made by formula so that everybody has the same: what a microphone hears when nobody speaks. Peak about 1. */

export type Noise = (rate: number, seconds: number, seed?: number) => Float64Array;

const make = (rate: number, seconds: number, sample: (index: number) => number): Float64Array =>
  Float64Array.from({ length: Math.round(rate * seconds) }, (_, index) => sample(index));

const normalised = (samples: Float64Array): Float64Array => {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return samples.map((sample) => sample / peak);
};

const white: Noise = (rate, seconds, seed = 1) => {
  const next = random(seed);
  return make(rate, seconds, next);
};

/** −6 dB an octave above `corner` Hz. */
const dull =
  (corner: number): Noise =>
  (rate, seconds, seed = 2) => {
    const next = random(seed);
    const keep = Math.exp((-2 * Math.PI * corner) / rate);
    let last = 0;
    return normalised(make(rate, seconds, () => (last = keep * last + next())));
  };

const hum: Noise = (rate, seconds, seed = 3) => {
  const next = random(seed);
  return normalised(
    make(rate, seconds, (index) =>
      [1, 2, 3, 5].reduce(
        (sum, harmonic) => sum + Math.sin((2 * Math.PI * 50 * harmonic * index) / rate) / harmonic,
        next() * 0.05,
      ),
    ),
  );
};

/** Short decaying bursts of noise: `perSecond` of them, `ms` long, ringing at `tone` Hz. */
const bursts =
  (perSecond: number, ms: number, tone: number): Noise =>
  (rate, seconds, seed = 4) => {
    const next = random(seed);
    const out = make(rate, seconds, () => next() * 0.003);
    const count = Math.round(perSecond * seconds);
    for (let burst = 0; burst < count; burst++) {
      const start = Math.floor((((burst + 0.5 + next() * 0.4) / count) * out.length) | 0);
      const decay = (rate * ms) / 1000 / 5;
      for (let index = 0; index < decay * 5 && start + index < out.length; index++) {
        const ring = tone === 0 ? next() : 0.5 * next() + 0.5 * Math.sin((2 * Math.PI * tone * index) / rate);
        out[start + index]! += Math.exp(-index / decay) * ring;
      }
    }
    return normalised(out);
  };

/** A cough: a sharp burst, then half a second of breath. */
const coughs: Noise = (rate, seconds, seed = 5) => {
  const next = random(seed);
  const out = make(rate, seconds, () => next() * 0.003);
  for (let start = rate; start < out.length; start += 3 * rate) {
    let last = 0;
    for (let index = 0; index < 0.4 * rate && start + index < out.length; index++) {
      last = 0.6 * last + next();
      const t = index / rate;
      out[start + index]! += last * (Math.exp(-t / 0.03) + 0.3 * Math.exp(-((t - 0.15) ** 2) / 0.005));
    }
  }
  return normalised(out);
};

export const noises: Readonly<Record<string, Noise>> = {
  white,
  'fan (pink)': dull(300),
  'rumble (traffic)': dull(40),
  'mains hum': hum,
  keyboard: bursts(7, 25, 0),
  'knocks on wood': bursts(2, 80, 180),
  'cups and glasses': bursts(1, 250, 2_900),
  coughs,
};
