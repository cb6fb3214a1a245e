import { expect, it } from 'vitest';
import { pieces } from '../../../../../demo/server/engines/local/hear/pieces.ts';

const RATE = 1000;
/** Loud, with half a second of quiet at the given seconds. */
function speech(seconds: number, pauses: readonly number[]): Int16Array {
  return Int16Array.from({ length: seconds * RATE }, (_, at) => {
    const time = at / RATE;
    return pauses.some((pause) => time >= pause && time < pause + 0.5) ? at % 3 : 9000 + (at % 100);
  });
}

it('leaves sixteen seconds whole', () => {
  expect(pieces(speech(16, []), RATE)).toHaveLength(1);
});

it('cuts in the quietest place of the second half, and loses nothing', () => {
  const pcm = speech(40, [5, 11, 24]);
  const all = pieces(pcm, RATE);
  expect(all.length).toBe(3);
  expect((all[0]?.length ?? 0) / RATE).toBeCloseTo(11.25, 0);
  expect(Math.max(...all.map((piece) => piece.length))).toBeLessThanOrEqual(16 * RATE);
  expect(Int16Array.from(all.flatMap((piece) => [...piece]))).toEqual(pcm);
});

it('cuts a growing utterance at the same places', () => {
  const pcm = speech(60, [9, 13, 22, 31, 45, 52]);
  const settled = (seconds: number): number[] =>
    pieces(pcm.subarray(0, seconds * RATE), RATE)
      .slice(0, -1)
      .map((piece) => piece.length);
  const whole = settled(60);
  for (let seconds = 1; seconds < 60; seconds++) expect(whole.slice(0, settled(seconds).length)).toEqual(settled(seconds));
});
