import { expect, test } from 'vitest';
import { endWithin } from '../../support/output-recorder.ts';

const RATE = 24_000;
/** Seeded, so that the hiss is the same in every run. */
function seeded(): () => number {
  let state = 7;
  return () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
}

/** A hiss of 5–9 kHz over a little breath below 3 kHz, at `t` s. */
function hiss(): (t: number) => number {
  const random = seeded();
  const tones = Array.from({ length: 200 }, (_, index) =>
    index < 160
      ? { hz: 5000 + random() * 4000, phase: random() * 6, volume: 1 }
      : { hz: 300 + random() * 2400, phase: random() * 6, volume: 0.3 },
  );
  return (t) => tones.reduce((sum, { hz, phase, volume }) => sum + volume * Math.sin(2 * Math.PI * hz * t + phase), 0) / 200;
}

const at = hiss();
const whole = Float32Array.from({ length: RATE }, (_, index) => at(index / RATE));
const heard = (shift: number): Float32Array =>
  Float32Array.from({ length: RATE }, (_, index) => at(index / 48_000 + shift / RATE));

test.each([0, 0.25, 0.5])('a hiss that is %s of a sample away is found where it is', (shift) => {
  expect(endWithin(whole, RATE, heard(shift), 48_000, 505)).toBeCloseTo(500, 0);
});

test('another hiss is not', () => {
  const other = heard(0).map((value, index) => value * Math.sin(index / 7));
  expect(() => endWithin(whole, RATE, other, 48_000, 505)).toThrow('not in what the server sent');
});
