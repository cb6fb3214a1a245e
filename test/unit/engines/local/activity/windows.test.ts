import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Windows } from '../../../../../demo/server/engines/local/activity/windows.ts';

it('gives every sample once, in order, in whole windows, whatever the sizes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1700 }), { maxLength: 30 }), (sizes) => {
      const windows = new Windows();
      let sent = 0;
      const got: number[] = [];
      for (const size of sizes) {
        const taken = windows.take(Int16Array.from({ length: size }, () => sent++ % 30_000));
        expect(taken.length % 512).toBe(0);
        got.push(...taken);
        expect(sent - got.length).toBeLessThan(512);
      }
      expect(got).toEqual(Array.from({ length: got.length }, (_, index) => index % 30_000));
    }),
  );
});

it('forgets the rest when cleared', () => {
  const windows = new Windows();
  windows.take(new Int16Array(500).fill(1));
  windows.clear();
  expect(windows.take(new Int16Array(512).fill(2))).toEqual(new Int16Array(512).fill(2));
});
