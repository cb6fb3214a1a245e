import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimator } from '../../../../worklets/kernels/decimator.ts';
import { RationalResampler, type Resampler } from '../../../../worklets/kernels/resampler.ts';
import { db, fit, noise, rms, sine } from '../../../support/signals.ts';

const DELAY_MS = 2.75;
const RATES = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];

const create = (from: number, to: number): Resampler =>
  new (from > to && from % to === 0 ? Decimator : RationalResampler)(from, to, DELAY_MS);

/** Feeds `input` in blocks of the given sizes, over and over. */
function stream(resampler: Resampler, input: ArrayLike<number>, blocks: readonly number[] = [128]): Float64Array {
  const whole = Float32Array.from(input);
  const output = new Float32Array(whole.length * 30 + 64);
  let made = 0;
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const count = Math.min(blocks[turn % blocks.length]!, whole.length - at);
    made += resampler.process(whole, at, count, output.subarray(made), output.length - made);
    at += count;
  }
  return Float64Array.from(output.subarray(0, made));
}

/** The first outputs hear the silence before the beginning. */
const settled = (to: number): number => Math.ceil((to * 2 * DELAY_MS) / 1000) + 2;

describe.each([44_100, 48_000, 96_000])('T1, T2: %i Hz to 16 kHz', (from) => {
  const to = 16_000;

  test('is flat to 7 kHz within 0.01 dB', () => {
    const gains = [50, 300, 1_000, 2_345, 3_400, 5_000, 6_000, 6_500, 6_900, 7_000].map((frequency) =>
      db(fit(stream(create(from, to), sine(frequency, from, from / 4)), frequency, to, settled(to)).amplitude),
    );
    expect(Math.max(...gains.map(Math.abs))).toBeLessThanOrEqual(0.01);
  });

  test('lets nothing above 8.5 kHz through at more than −100 dB', () => {
    const worst: number[] = [];
    for (let frequency = 8_500; frequency < from / 2; frequency += 331) {
      const out = stream(create(from, to), sine(frequency, from, from / 8));
      worst.push(db(rms(out, settled(to)) / Math.SQRT1_2));
    }
    expect(Math.max(...worst)).toBeLessThanOrEqual(-100);
  });

  test('is late by no more than 3.3 ms', () => {
    const resampler = create(from, to);
    expect((resampler.delay * 1000) / from).toBeLessThanOrEqual(3.3);
    const { phase } = fit(stream(resampler, sine(100, from, from / 4)), 100, to, settled(to));
    const lateMs = (((-phase / (2 * Math.PI)) * 1000) / 100 + 10) % 10;
    expect(lateMs).toBeCloseTo((resampler.delay * 1000) / from, 2);
  });

  test('T2: gains and loses no sample in 10 minutes (up to three may wait for their group)', () => {
    // The arithmetic of positions does not know how long the filter is; a short one is quicker.
    const resampler = new (from % to === 0 ? Decimator : RationalResampler)(from, to, 0.1);
    const input = new Float32Array(128);
    const output = new Float32Array(128);
    let made = 0;
    let taken = 0;
    for (; taken < from * 600; taken += 128) made += resampler.process(input, 0, 128, output, output.length);
    expect(Math.abs(made - (taken * to) / from)).toBeLessThan(4);
  });
});

describe('any two rates', () => {
  const pairs = RATES.flatMap((from) => RATES.map((to) => [from, to] as const));

  test.each(pairs)('%i to %i Hz keeps a tone and makes no other', (from, to) => {
    const frequency = 1_000;
    const out = stream(create(from, to), sine(frequency, from, from / 5, 0.9));
    const { amplitude, rest } = fit(out, frequency, to, settled(to));
    expect(Math.abs(db(amplitude / 0.9))).toBeLessThanOrEqual(0.02);
    expect(db(rest / (amplitude * Math.SQRT1_2))).toBeLessThanOrEqual(-95);
    expect(Math.abs(out.length - to / 5)).toBeLessThanOrEqual(4 + to / from);
  });

  test('a rate with no common divisor is interpolated between tabled phases', () => {
    const out = stream(new RationalResampler(47_999, 16_000, DELAY_MS), sine(3_000, 47_999, 12_000, 0.9));
    const { amplitude, rest } = fit(out, 3_000, 16_000, settled(16_000));
    expect(db(rest / amplitude)).toBeLessThanOrEqual(-100);
  });

  test('the sizes of the blocks change nothing', () => {
    const random = noise(7);
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 8 }),
        ([from, to], blocks) => {
          const input = Float32Array.from({ length: 2_500 }, random);
          const whole = stream(create(from, to), input, [input.length]);
          const parts = stream(create(from, to), input, blocks);
          expect(parts.length).toBe(whole.length);
          parts.forEach((sample, index) => {
            expect(Math.abs(sample - whole[index]!)).toBeLessThan(1e-6);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('`needed` inputs make exactly the outputs wanted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.array(fc.integer({ min: 1, max: 128 }), { minLength: 1, maxLength: 200 }),
        ([from, to], wanted) => {
          const resampler = new RationalResampler(from, to, 1.34);
          const output = new Float32Array(128);
          const input = new Float32Array(8_000);
          wanted.forEach((outputs) => {
            expect(resampler.process(input, 0, resampler.needed(outputs), output, outputs)).toBe(outputs);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test('after a restart nothing remains of the past, and the first output is that of the first input', () => {
    const resampler = new RationalResampler(24_000, 48_000, 1.34);
    stream(resampler, sine(440, 24_000, 1_000));
    resampler.restart();
    const late = stream(new RationalResampler(24_000, 48_000, 1.34), sine(880, 24_000, 1_000));
    expect(stream(resampler, sine(880, 24_000, 1_000))).toEqual(late.slice(2 * resampler.delay));
  });
});
