import { expect, it } from 'vitest';
import { trimmed } from '../../../../../demo/server/engines/local/speak/trim.ts';

const RATE = 1000;

it('keeps 8 ms before the first audible sample and 40 ms behind the last one', () => {
  const samples = new Float32Array(500);
  samples.fill(0.5, 100, 200);
  samples[90] = 0.004;
  expect(trimmed(samples, RATE)).toEqual(samples.subarray(92, 240));
});

it('takes no more than there is', () => {
  const samples = new Float32Array(20).fill(0.5);
  expect(trimmed(samples, RATE)).toEqual(samples);
});

it('leaves nothing of silence', () => {
  expect(trimmed(new Float32Array(100), RATE)).toHaveLength(0);
  expect(trimmed(new Float32Array(0), RATE)).toHaveLength(0);
});
