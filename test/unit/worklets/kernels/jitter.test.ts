import { describe, expect, test } from 'vitest';
import { clean, playOver } from '../../../support/playback-jitter.ts';

/** T10: utterances of 8 s with jitter of 0–120 ms. The first ten at a speed teach the reserve. */

describe('T10', () => {
  test('paced in real time: no gap, no sample lost', () => {
    const played = playOver({ speed: 1, jitterMs: 120 }, 120, 1);
    expect(clean(played)).toBe(1);
    expect(played.every(({ lost }) => lost === 0)).toBe(true);
  });

  test('sent at twice real time: at least 99 % without a gap, and a start within 80 ms on average', () => {
    const played = playOver({ speed: 2, jitterMs: 120 }, 210, 2).slice(10);
    expect(clean(played)).toBeGreaterThanOrEqual(0.99);
    expect(played.reduce((sum, { startMs }) => sum + startMs, 0) / played.length).toBeLessThan(80);
    expect(played.every(({ lost }) => lost === 0)).toBe(true);
  });

  test('sent at four times real time: at least 96 % without a gap', () => {
    expect(clean(playOver({ speed: 4, jitterMs: 120 }, 210, 3).slice(10))).toBeGreaterThanOrEqual(0.96);
  });

  test('gaps lose no sample', () => {
    const played = playOver({ speed: 1, jitterMs: 600 }, 20, 4);
    expect(played.some(({ gaps }) => gaps > 0)).toBe(true);
    expect(played.every(({ lost }) => lost === 0)).toBe(true);
  });
});
