import { RationalResampler } from '../../worklets/kernels/resampler.ts';
import { noise } from '../support/signals.ts';
import type { Captured, PiecesText } from './page/messages.ts';

/** Finds out which moment of a known file every captured piece holds, and how old it was when it arrived. */

/** Hz of the fake microphone's own device. */
export const FILE_RATE = 44_100;
/** Samples compared. */
const WINDOW = 300;

/** Noise below 3.5 kHz, of which no part resembles another: silence and tones cannot show a loss. */
export function fileNoise(seconds: number): Int16Array {
  const random = noise(17);
  const resampler = new RationalResampler(8_000, FILE_RATE, 8);
  const slow = Float32Array.from({ length: 8_000 * seconds }, () => random() * 0.5);
  const fast = new Float32Array(FILE_RATE * seconds);
  const block = new Float32Array(8_192);
  let made = 0;
  for (let at = 0; at < slow.length && made < fast.length; at += 1_000) {
    const count = resampler.process(slow, at, Math.min(1_000, slow.length - at), block, block.length);
    fast.set(block.subarray(0, Math.min(count, fast.length - made)), made);
    made += count;
  }
  return Int16Array.from(fast, (sample) => Math.round(sample * 32_767));
}

/** The file at another rate, without delay. */
function fileAt(file: Int16Array, rate: number): Float32Array {
  const whole = Float32Array.from(file, (sample) => sample / 32_768);
  if (rate === FILE_RATE) return whole;
  const resampler = new RationalResampler(FILE_RATE, rate, 20);
  const skipped = Math.round((resampler.delay * rate) / FILE_RATE);
  const block = new Float32Array(4_096);
  const out = new Float32Array(Math.ceil((whole.length * rate) / FILE_RATE) + 16);
  let made = 0;
  for (let at = 0; at < whole.length; at += 4_000) {
    const count = resampler.process(whole, at, Math.min(4_000, whole.length - at), block, block.length);
    out.set(block.subarray(0, count), made);
    made += count;
  }
  return out.subarray(skipped);
}

const samplesOf = ({ base64 }: PiecesText): Int16Array => {
  const bytes = Buffer.from(base64, 'base64');
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

function likeness(a: Int16Array, from: number, b: Float32Array, at: number, count: number): number {
  let product = 0;
  let left = 1e-9;
  let right = 1e-9;
  for (let index = 0; index < count; index++) {
    const x = (a[from + index] ?? 0) / 32_768;
    const y = b[at + index] ?? 0;
    product += x * y;
    left += x * x;
    right += y * y;
  }
  return product / Math.sqrt(left * right);
}

/** The best place in `file` between `low` and `high`, and how alike it is there. */
function locate(
  pcm: Int16Array,
  from: number,
  count: number,
  file: Float32Array,
  low: number,
  high: number,
): { readonly at: number; readonly like: number } {
  let best = { at: low, like: -1 };
  for (let at = Math.max(0, low); at <= Math.min(high, file.length - count); at++) {
    const like = likeness(pcm, from, file, at, count);
    if (like > best.like) best = { at, like };
  }
  return best;
}

interface Placed {
  readonly arrival: number;
  readonly count: number;
  /** Place in the file of its first sample, at the pieces' rate. */
  readonly at: number;
}

export interface Aligned {
  readonly placed: readonly Placed[];
  /** Samples of the file that never came, and samples that came without being next in the file. */
  readonly lost: number;
  readonly inserted: number;
}

function align(pieces: PiecesText, rate: number, file: Int16Array): Aligned {
  const reference = fileAt(file, rate);
  const pcm = samplesOf(pieces);
  const placed: Placed[] = [];
  let lost = 0;
  let inserted = 0;
  let from = 0;
  let expected = -1;
  pieces.counts.forEach((count, index) => {
    const window = Math.min(WINDOW, count);
    let found = { at: expected, like: expected < 0 ? -1 : likeness(pcm, from, reference, expected, window) };
    if (expected >= 0 && found.like < 0.9) found = locate(pcm, from, window, reference, expected - 3, expected + 3);
    // A first look, or a jump: anywhere it can be. The first pieces hold the silence of the start.
    if (found.like < 0.8) {
      const near = expected < 0 ? [0, rate * 8] : [expected - rate, expected + rate * 1.5];
      found = locate(pcm, from, window, reference, near[0] ?? 0, near[1] ?? 0);
    }
    if (found.like >= 0.8) {
      if (expected >= 0 && Math.abs(found.at - expected) > 3) {
        if (found.at > expected) lost += found.at - expected;
        else inserted += expected - found.at;
      }
      placed.push({ arrival: pieces.arrivals[index] ?? 0, count, at: found.at });
      expected = found.at + count;
    } else if (expected >= 0) inserted += count;
    from += count;
  });
  return { placed, lost, inserted };
}

export interface Ages {
  readonly frameMs: number;
  /** ms, of the newest sample of each piece when it arrived, and of the oldest. */
  readonly newest: readonly number[];
  readonly oldest: readonly number[];
  readonly lostMs: number;
  readonly insertedMs: number;
}

/** When a place of the file (s) could be seen by JavaScript at the earliest, ms since the epoch. */
export function zero({ reference, trackRate }: Pick<Captured, 'reference' | 'trackRate'>, file: Int16Array): number {
  const { placed } = align(reference, trackRate, file);
  return Math.min(...placed.map(({ arrival, at, count }) => arrival - ((at + count) * 1000) / trackRate));
}

/** `fromMs`: pieces that arrived earlier after the first one are not counted. */
export function agesOf(captured: Captured, file: Int16Array, fromMs: number): Ages {
  const start = zero(captured, file);
  const { placed, lost, inserted } = align(captured.client, captured.rate, file);
  const begun = placed[0]?.arrival ?? 0;
  const counted = placed.filter(({ arrival }) => arrival >= begun + fromMs);
  const seen = (sample: number): number => start + (sample * 1000) / captured.rate;
  return {
    frameMs: ((counted[0]?.count ?? NaN) * 1000) / captured.rate,
    newest: counted.map(({ arrival, at, count }) => arrival - seen(at + count)),
    oldest: counted.map(({ arrival, at }) => arrival - seen(at)),
    lostMs: (lost * 1000) / captured.rate,
    insertedMs: (inserted * 1000) / captured.rate,
  };
}

/** Walks through an exact recording from 1 s on (a starting device skips): all but silence put in must be the file's next sample. */
export function exactness(
  client: PiecesText,
  file: Int16Array,
): { readonly matched: number; readonly inserted: number; readonly wrong: number } {
  // Chromium divides positive samples by 32 767 and negative ones by 32 768 on the way to float: a last bit may differ.
  const same = (a: number | undefined, b: number | undefined): boolean => Math.abs((a ?? Infinity) - (b ?? Infinity)) <= 1;
  const pcm = samplesOf(client);
  const start = pcm.findIndex((sample) => sample !== 0) + FILE_RATE;
  const first = pcm.subarray(start, start + 64);
  let next = file.findIndex((_, at) => first.every((sample, index) => same(file[at + index], sample)));
  let matched = 0;
  let inserted = 0;
  let wrong = next < 0 ? 1 : 0;
  for (let index = start; index < pcm.length && next >= 0 && wrong === 0; index++) {
    if (same(pcm[index], file[next])) {
      next++;
      matched++;
    } else if (pcm[index] === 0) inserted++;
    else wrong++;
  }
  return { matched, inserted, wrong };
}
