import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationOf, shifted, spansOf } from '../../../../demo/server/media/published/timeline.ts';
import { segmentsOf, START_MS } from './segments.ts';

describe('a stream’s clock in a video of it', () => {
  const segments = segmentsOf({ count: 10, startMs: START_MS }, { count: 10, startMs: START_MS + 30_000 });
  const spans = spansOf(segments);
  const at = (startMs: number, endMs: number) => shifted(spans, START_MS + startMs, START_MS + endMs);

  it.each([
    ['before the gap', 3000, 5000, { startMs: 3000, endMs: 5000 }],
    ['after it', 31_000, 33_000, { startMs: 21_000, endMs: 23_000 }],
    ['over it', 18_000, 32_000, { startMs: 18_000, endMs: 22_000 }],
    ['into it', 18_000, 25_000, { startMs: 18_000, endMs: 20_000 }],
    ['out of it', 25_000, 32_000, { startMs: 20_000, endMs: 22_000 }],
    ['from before the beginning', -5000, 2000, { startMs: 0, endMs: 2000 }],
    ['a moment', 31_000, 31_000, { startMs: 21_000, endMs: 21_000 }],
    ['within the gap', 22_000, 28_000, null],
    ['before the beginning', -5000, -2000, null],
    ['after the end', 60_000, 62_000, null],
  ])('%s', (_name, startMs, endMs, expected) => {
    expect(at(startMs, endMs)).toEqual(expected);
  });

  it('is followed where it drifts from the source’s own', () => {
    // An hour of a source whose second lasts 1.0001 of ours: 360 ms.
    const hour = segmentsOf({ count: 1800, startMs: START_MS }).map((segment, index) => ({
      ...segment,
      startMs: segment.startMs + index * 0.2,
    }));
    const last = hour.at(-1)?.startMs ?? 0;
    const found = shifted(spansOf(hour), last, last + 1000);
    expect(Math.abs((found?.startMs ?? 0) - 1799 * 2000)).toBeLessThan(21);
    expect(spansOf(hour).length).toBeLessThan(20);
  });

  it('never leaves the video and never turns back, whatever the gaps', () => {
    const runs = fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), gapMs: fc.integer({ min: 0, max: 60_000 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(runs, fc.integer({ min: -10_000, max: 400_000 }), fc.nat(60_000), (made, startMs, lengthMs) => {
        let clockMs = START_MS;
        const all = segmentsOf(
          ...made.map(({ count, gapMs }) => {
            const begin = clockMs + gapMs;
            clockMs = begin + count * 2000;
            return { count, startMs: begin };
          }),
        );
        const found = shifted(spansOf(all), START_MS + startMs, START_MS + startMs + lengthMs);
        if (found === null) return;
        expect(found.startMs).toBeGreaterThanOrEqual(0);
        expect(found.endMs).toBeGreaterThanOrEqual(found.startMs);
        expect(found.endMs).toBeLessThanOrEqual(durationOf(all));
        expect(found.endMs - found.startMs).toBeLessThanOrEqual(lengthMs);
      }),
    );
  });
});
