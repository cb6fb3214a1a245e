import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from '../../../../worklets/kernels/ring.ts';

const numbers = (from: number, count: number): Int16Array =>
  Int16Array.from({ length: count }, (_, index) => (from + index) % 32_768);

test('what goes in comes out in order, or is refused whole at the bound', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ write: fc.integer({ min: 0, max: 300 }), read: fc.integer({ min: 0, max: 300 }) }), {
        maxLength: 200,
      }),
      (steps) => {
        const ring = new Ring(16, 256);
        const output = new Float32Array(300);
        let written = 0;
        let read = 0;
        steps.forEach((step) => {
          const before = ring.length;
          const taken = ring.write(numbers(written, step.write));
          expect(taken).toBe(before + step.write <= 256);
          if (taken) written += step.write;
          const count = Math.min(step.read, ring.length);
          ring.read(output, count);
          expect([...output.subarray(0, count)].map((sample) => sample * 32_768)).toEqual([...numbers(read, count)]);
          read += count;
          expect(ring.length).toBe(written - read);
        });
      },
    ),
  );
});

test('it holds at least 2 minutes of speech at any rate a server uses', () => {
  const ring = new Ring();
  const second = new Int16Array(48_000);
  for (let seconds = 0; seconds < 120; seconds++) expect(ring.write(second)).toBe(true);
});

test('a clear forgets everything', () => {
  const ring = new Ring(16, 64);
  ring.write(numbers(1, 40));
  ring.clear();
  expect(ring.length).toBe(0);
  const output = new Float32Array(1);
  ring.write(numbers(7, 1));
  ring.read(output, 1);
  expect(output[0]! * 32_768).toBe(7);
});
