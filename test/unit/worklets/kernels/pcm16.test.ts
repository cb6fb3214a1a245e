import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FROM_PCM16, toPcm16 } from '../../../../worklets/kernels/pcm16.ts';

test.each([
  [0, 0],
  [0.5, 16_384],
  [1, 32_767],
  [-1, -32_768],
  [7, 32_767],
  [-7, -32_768],
  [Infinity, 32_767],
  [NaN, 0],
  [0.6 / 32_768, 1],
  [-0.6 / 32_768, -1],
  [-0.4 / 32_768, 0],
])('%f becomes %i', (float, integer) => {
  expect(toPcm16(float)).toBe(integer);
});

test('16 bits survive the way there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_768, max: 32_767 }), (integer) => {
      expect(toPcm16(integer * FROM_PCM16)).toBe(integer);
    }),
  );
});
