import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisOf } from '../../../src/pipelines/playback-axis.ts';
import { elapsedClock, fragmentClock } from '../../../src/pipelines/playback-clock.ts';
import type { PlayedFragment } from '../../../src/shared/player-event.ts';

const MORNING = Date.parse('2026-03-01T09:00:00Z');

/** Two takes of three segments of 2 s, ten seconds missing between them; dates on the first segment of each only. */
const takes: readonly PlayedFragment[] = [0, 1, 2, 3, 4, 5].map((index) => ({
  startS: index * 2,
  durationS: 2,
  dateMs: index === 0 ? MORNING : index === 3 ? MORNING + 16_000 : null,
}));

describe('dates of positions', () => {
  const clock = fragmentClock(takes);

  test('are counted from their own fragment, also for the first frame after a discontinuity', () => {
    expect(clock.dateAt(0)).toBe(MORNING);
    expect(clock.dateAt(5.9)).toBe(MORNING + 5_900);
    expect(clock.dateAt(6)).toBe(MORNING + 16_000);
    expect(clock.dateAt(6.1)).toBe(MORNING + 16_100);
    // Playlists round their durations: a frame a hair before belongs to what follows.
    expect(clock.dateAt(5.9995)).toBeCloseTo(MORNING + 15_999.5, 3);
  });

  test('beyond the ends they count on', () => {
    expect(clock.dateAt(13)).toBe(MORNING + 23_000);
    expect(clock.dateAt(-1)).toBe(MORNING - 1_000);
  });

  test('a fragment before the first date is dated from behind', () => {
    const late = fragmentClock([
      { startS: 10, durationS: 2, dateMs: null },
      { startS: 12, durationS: 2, dateMs: MORNING },
    ]);
    expect(late.dateAt(10)).toBe(MORNING - 2_000);
    expect(late.startMs).toBe(MORNING - 2_000);
  });

  test('without any date they count from 0', () => {
    const clock0 = fragmentClock(takes.map((fragment) => ({ ...fragment, dateMs: null })));
    expect(clock0.real).toBe(false);
    expect(clock0.dateAt(7.5)).toBe(7_500);
    expect(clock0.endMs).toBe(12_000);
    expect(elapsedClock(NaN).endS).toBe(0);
  });
});

describe('positions of dates', () => {
  const clock = fragmentClock(takes);

  test('a date in the gap is where the picture goes on', () => {
    expect(clock.timeAt(MORNING + 5_000)).toBe(5);
    expect(clock.timeAt(MORNING + 6_000)).toBe(6);
    expect(clock.timeAt(MORNING + 9_000)).toBe(6);
    expect(clock.timeAt(MORNING + 16_000)).toBe(6);
    expect(clock.timeAt(MORNING + 21_000)).toBe(11);
  });

  test('a date outside is none, or the nearest end', () => {
    expect(clock.timeAt(MORNING - 1)).toBeNull();
    expect(clock.timeAt(MORNING + 22_001)).toBeNull();
    expect(clock.nearest(MORNING - 5_000)).toBe(0);
    expect(clock.nearest(MORNING + 99_000)).toBe(12);
  });

  test('a source whose clock was set back: every date leads to a fragment that has it', () => {
    const back = fragmentClock([
      { startS: 0, durationS: 4, dateMs: MORNING + 60_000 },
      { startS: 4, durationS: 4, dateMs: MORNING },
    ]);
    expect(back.timeAt(MORNING + 1_000)).toBe(5);
    expect(back.timeAt(MORNING + 61_000)).toBe(1);
    expect(back.startMs).toBe(MORNING);
    expect(back.endMs).toBe(MORNING + 64_000);
  });

  test('there and back again is the same position, whatever fragments and gaps there are', () => {
    const lengths = fc.array(
      fc.record({ length: fc.integer({ min: 200, max: 9_000 }), gap: fc.integer({ min: 0, max: 60_000 }) }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 0.999, noNaN: true }), (parts, share) => {
        let startS = 30;
        let dateMs = MORNING;
        const fragments = parts.map(({ length, gap }) => {
          const fragment = { startS, durationS: length / 1000, dateMs };
          startS += length / 1000;
          dateMs += length + gap;
          return fragment;
        });
        const any = fragmentClock(fragments);
        const positionS = any.startS + share * (any.endS - any.startS);
        expect(any.timeAt(any.dateAt(positionS))).toBeCloseTo(positionS, 2);
      }),
    );
  });
});

describe('the seek bar', () => {
  test('by the clock, with the gap on it', () => {
    const clock = fragmentClock(takes);
    const axis = axisOf(clock, takes);
    expect(axis.along(6)).toBeCloseTo(16 / 22);
    expect(axis.alongDate(MORNING + 11_000)).toBeCloseTo(0.5);
    expect(axis.positionAt(0.5)).toBe(6);
    expect(axis.gaps).toEqual([{ from: 6 / 22, to: 16 / 22 }]);
    expect(axis.alongDate(MORNING - 1)).toBeNull();
  });

  test('pieces of different days are a bar of seconds: by the clock nobody would find them', () => {
    const pieces = [0, 1].map((index) => ({ startS: index * 10, durationS: 10, dateMs: MORNING + index * 86_400_000 }));
    const axis = axisOf(fragmentClock(pieces), pieces);
    expect(axis.along(10)).toBe(0.5);
    expect(axis.gaps).toEqual([]);
    expect(axis.alongDate(MORNING + 86_405_000)).toBeCloseTo(0.75);
    expect(axis.alongDate(MORNING + 3_600_000)).toBeCloseTo(0.5);
  });
});
