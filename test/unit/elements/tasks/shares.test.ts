import { describe, expect, test } from 'vitest';
import { shares } from '../../../../src/elements/task-counts/shares.ts';

/** The bar shows the counts: together it is full, and one of 10 000 is seen. */

const none = { pending: 0, listening: 0, recording: 0, processing: 0, completed: 0, failed: 0 };

describe('the bar of the counts', () => {
  test('is full, in the order of a task’s life, without those that are not there', () => {
    const bar = shares({ ...none, completed: 3, pending: 1, total: 4 });
    expect(bar.map(({ status, width }) => [status, width])).toEqual([
      ['pending', 25],
      ['completed', 75],
    ]);
  });

  test('shows the one that failed among thousands, and does not overflow', () => {
    const bar = shares({ ...none, completed: 9_990, failed: 1, recording: 9, total: 10_000 });
    expect(bar.find(({ status }) => status === 'failed')?.width).toBeCloseTo(1.5);
    expect(bar.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
    for (const [index, { from, width }] of bar.entries()) expect(bar[index + 1]?.from ?? 100).toBeCloseTo(from + width);
  });

  test('is empty where there is nothing', () => {
    expect(shares({ ...none, total: 0 })).toEqual([]);
  });
});
