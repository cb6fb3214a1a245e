import { expect, test } from 'vitest';
import { Ramp } from '../../../../worklets/kernels/ramp.ts';

const gains = (ramp: Ramp, count: number): number[] => {
  const samples = new Float32Array(count).fill(1);
  ramp.apply(samples, count);
  return [...samples];
};

test('it goes in a straight line and stays there', () => {
  const ramp = new Ramp(1);
  ramp.move(0, 4);
  expect(gains(ramp, 6)).toEqual([0.75, 0.5, 0.25, 0, 0, 0]);
  ramp.move(1, 2);
  expect(gains(ramp, 3)).toEqual([0.5, 1, 1]);
});

test('it turns round from where it is', () => {
  const ramp = new Ramp(1);
  ramp.move(0, 4);
  gains(ramp, 2);
  ramp.move(1, 2);
  expect(gains(ramp, 3)).toEqual([0.75, 1, 1]);
});

test('no frames means at once', () => {
  const ramp = new Ramp(1);
  ramp.move(0.5, 0);
  expect(gains(ramp, 2)).toEqual([0.5, 0.5]);
});
