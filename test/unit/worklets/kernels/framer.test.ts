import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Framer } from '../../../../worklets/kernels/framer.ts';

test.each([
  [16_000, 20, 320],
  [24_000, 20, 480],
  [8_000, 20, 160],
  [22_050, 10, 220],
])('%i Hz and %i ms are frames of %i samples', (rate, frameMs, samples) => {
  expect(new Framer(rate, frameMs).pcm.length).toBe(samples);
});

test('every sample is in exactly one frame, in order, and `at` is the place of the first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const framer = new Framer(16_000, 20);
      let pushed = 0;
      sizes.forEach((size) => {
        const samples = Float32Array.from({ length: size }, (_, index) => ((pushed + index) % 32_768) / 32_768);
        for (let taken = 0; taken < size;) {
          const took = framer.push(samples, taken, size - taken);
          taken += took;
          pushed += took;
          expect(framer.whole).toBe(pushed % 320 === 0);
          if (!framer.whole) continue;
          expect(framer.at).toBe(pushed - 320);
          expect([...framer.pcm]).toEqual(Array.from({ length: 320 }, (_, index) => (framer.at + index) % 32_768));
        }
      });
    }),
    { numRuns: 30 },
  );
});

test('the level is that of the frame alone', () => {
  const framer = new Framer(16_000, 20);
  framer.push(new Float32Array(320).fill(0.25), 0, 320);
  expect(framer.level).toBeCloseTo(0.25, 6);
  framer.push(new Float32Array(320), 0, 320);
  expect(framer.level).toBe(0);
});
