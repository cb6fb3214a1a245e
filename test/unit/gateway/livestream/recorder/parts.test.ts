import { expect, it } from 'vitest';
import { stretchesOf } from '../../../../../demo/server/livestream/recorder/parts.ts';
import type { Segment } from '../../../../../demo/server/media/recording.ts';

const segment = (sequence: number, epoch: number): Segment => ({
  ...{ sequence, epoch, file: `${String(sequence)}.m4s`, init: `${String(epoch)}.mp4`, bytes: 1, decodeS: 0 },
  ...{ startMs: sequence * 2000, durationMs: 2000 },
});

it('a part is one film where its segments go on, and another where the clock was begun anew or retention took one', () => {
  const segments = [segment(4, 1), segment(5, 1), segment(6, 2), segment(8, 2), segment(9, 2)];
  expect(stretchesOf(segments).map((stretch) => stretch.map(({ sequence }) => sequence))).toEqual([[4, 5], [6], [8, 9]]);
  expect(stretchesOf([])).toEqual([]);
});
