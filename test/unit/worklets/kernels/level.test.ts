import { expect, test } from 'vitest';
import { Level } from '../../../../worklets/kernels/level.ts';
import { sine } from '../../../support/signals.ts';

test('the RMS of a full sine is 0.707', () => {
  const level = new Level();
  level.add(Float32Array.from(sine(100, 8_000, 800)), 0, 800);
  expect(level.rms).toBeCloseTo(Math.SQRT1_2, 6);
  expect(level.count).toBe(800);
});

test('full scale is counted on both sides, what is below is not', () => {
  const level = new Level();
  level.add(Float32Array.of(7, 1, -1, 1.5, 32_767 / 32_768, 0.9999, -0.9999, 0, 7), 1, 7);
  expect(level.clipped).toBe(4);
});

test('nothing is silence, and a reset forgets', () => {
  const level = new Level();
  expect(level.rms).toBe(0);
  level.add(Float32Array.of(1), 0, 1);
  level.reset();
  expect([level.rms, level.clipped, level.count]).toEqual([0, 0, 0]);
});
