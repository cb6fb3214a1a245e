import { expect, test } from 'vitest';
import { PlaybackQueue } from '../../../../worklets/kernels/playback-queue.ts';
import { noise } from '../../../support/signals.ts';

/** T10: utterances of 8 s in frames of 20 ms, in order, each late by up to `jitterMs`, at `speed` times real time. */

const RATE = 16_000;
const FRAMES = 400;

/** Gaps of each of `utterances` played by one queue; the first `warmUp` are not counted. */
function gaps(speed: number, jitterMs: number, utterances: number, warmUp: number, seed: number): readonly number[] {
  const random = noise(seed);
  let dry = 0;
  let finished = 0;
  const queue = new PlaybackQueue(RATE, { started: () => undefined, finished: () => finished++, ranDry: () => dry++ });
  const quantum = new Float32Array(128);
  const frame = new Int16Array(320);
  const counts: number[] = [];
  let clockMs = 0;
  for (let utterance = 0; utterance < utterances; utterance++) {
    const start = clockMs;
    const arrivals: number[] = [];
    for (let index = 0; index < FRAMES; index++) {
      const arrival = start + (index * 20) / speed + ((random() + 1) / 2) * jitterMs;
      arrivals.push(Math.max(arrival, arrivals.at(-1) ?? 0));
    }
    const before = dry;
    let received = 0;
    for (const played = finished; finished === played; clockMs += (128 * 1000) / RATE) {
      for (; received < FRAMES && arrivals[received]! <= clockMs; received++) queue.play(`${utterance}`, 0, RATE, frame, clockMs);
      if (received === FRAMES) queue.end(`${utterance}`);
      queue.render(quantum);
    }
    counts.push(dry - before);
  }
  return counts.slice(warmUp);
}

test('paced in real time with 0–120 ms of jitter: no gap', () => {
  const counts = gaps(1, 120, 120, 0, 1);
  expect(counts.filter((count) => count > 0)).toEqual([]);
});

test('sent at twice real time, once that is known: at least 99 % without a gap', () => {
  const counts = gaps(2, 120, 210, 10, 2);
  expect(counts.filter((count) => count === 0).length / counts.length).toBeGreaterThanOrEqual(0.99);
});

test('sent at four times real time: at least 96 % without a gap', () => {
  const counts = gaps(4, 120, 210, 10, 3);
  expect(counts.filter((count) => count === 0).length / counts.length).toBeGreaterThanOrEqual(0.96);
});
