/** Streaming change of sample rate by a polyphase windowed-sinc filter; 16-bit samples in and out, no delay in the result. */

/** Zero crossings of the sinc on each side: 16 give a flat band to 0.9 of Nyquist and about −80 dB beyond. */
const HALF_CROSSINGS = 16;
const KAISER_BETA = 8;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

interface Bank {
  readonly up: number;
  readonly down: number;
  readonly taps: number;
  /** `up` phases of `taps` coefficients each. */
  readonly phases: Float64Array;
}

const banks = new Map<string, Bank>();

/** Coefficients depend on the two rates alone; the few pairs in use are computed once. */
function bankFor(from: number, to: number): Bank {
  const key = `${from}:${to}`;
  const known = banks.get(key);
  if (known !== undefined) return known;
  const divisor = gcd(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const cutoff = Math.min(1, to / from) * 0.95;
  const half = Math.ceil(HALF_CROSSINGS / Math.min(1, to / from));
  const taps = half * 2;
  const phases = new Float64Array(up * taps);
  for (let phase = 0; phase < up; phase++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const x = k - half + 1 - phase / up;
      const window = besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (x / half) ** 2)));
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
      phases[phase * taps + k] = sinc * window;
      sum += sinc * window;
    }
    for (let k = 0; k < taps; k++) phases[phase * taps + k] = (phases[phase * taps + k] ?? 0) / sum;
  }
  const bank = { up, down, taps, phases };
  banks.set(key, bank);
  return bank;
}

export class Resampler {
  readonly #bank: Bank | null;
  #history: Float64Array;
  /** Position of the next output sample, in input samples × `up`, relative to the first sample in `#history`. */
  #position: number;
  #taken = 0;
  #made = 0;

  /** Rates in Hz; equal rates pass samples through. */
  constructor(from: number, to: number) {
    this.#bank = from === to ? null : bankFor(from, to);
    const half = this.#bank === null ? 0 : this.#bank.taps / 2;
    this.#history = new Float64Array(Math.max(0, half - 1));
    this.#position = this.#bank === null ? 0 : Math.max(0, half - 1) * this.#bank.up;
  }

  push(pcm: Int16Array): Int16Array {
    if (this.#bank === null) return pcm;
    this.#taken += pcm.length;
    return this.#run(pcm, Infinity);
  }

  /** The rest of the sound; in all `round(samples × to / from)` samples came out. */
  finish(): Int16Array {
    if (this.#bank === null) return new Int16Array(0);
    const whole = Math.round((this.#taken * this.#bank.up) / this.#bank.down);
    return this.#run(new Int16Array(this.#bank.taps), whole - this.#made);
  }

  #run(pcm: Int16Array, limit: number): Int16Array {
    const bank = this.#bank;
    if (bank === null) return pcm;
    const { up, down, taps, phases } = bank;
    const half = taps / 2;
    const input = new Float64Array(this.#history.length + pcm.length);
    input.set(this.#history);
    for (let i = 0; i < pcm.length; i++) input[this.#history.length + i] = pcm[i] ?? 0;
    const room = Math.floor(((input.length - half) * up - 1 - this.#position) / down) + 1;
    const count = Math.max(0, Math.min(limit, room));
    const output = new Int16Array(count);
    for (let n = 0; n < count; n++) {
      const at = Math.floor(this.#position / up);
      const phase = (this.#position - at * up) * taps;
      const first = at - half + 1;
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (input[first + k] ?? 0) * (phases[phase + k] ?? 0);
      output[n] = Math.max(-32768, Math.min(32767, Math.round(sum)));
      this.#position += down;
    }
    this.#made += count;
    const keepFrom = Math.max(0, Math.min(input.length, Math.floor(this.#position / up) - half + 1));
    this.#history = input.slice(keepFrom);
    this.#position -= keepFrom * up;
    return output;
  }
}

/** A finished sound at another rate. */
export function resampleWhole(pcm: Int16Array, from: number, to: number): Int16Array {
  const resampler = new Resampler(from, to);
  const body = resampler.push(pcm);
  const rest = resampler.finish();
  const whole = new Int16Array(body.length + rest.length);
  whole.set(body);
  whole.set(rest, body.length);
  return whole;
}
