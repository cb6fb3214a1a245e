import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowAfterKey, rowWindow, scrollToRow } from '../../../../src/elements/task-list/list-window.ts';

/** A list of any length has a few rows in the document, and those that are seen are among them. */

describe('the window of a long list', () => {
  test('holds what is seen and a little beyond', () => {
    expect(rowWindow(0, 700, 70, 10_000)).toEqual({ first: 0, end: 16 });
    expect(rowWindow(70_000, 700, 70, 10_000)).toEqual({ first: 994, end: 1016 });
    expect(rowWindow(699_300, 700, 70, 10_000)).toEqual({ first: 9984, end: 10_000 });
  });

  test('is empty where there is nothing, and never outside the list', () => {
    expect(rowWindow(0, 700, 70, 0)).toEqual({ first: 0, end: 0 });
    fc.assert(
      fc.property(
        fc.nat(1e7),
        fc.nat(4000),
        fc.integer({ min: 1, max: 400 }),
        fc.nat(1e5),
        (scrolled, height, rowHeight, total) => {
          const { first, end } = rowWindow(scrolled, height, rowHeight, total);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(first);
          expect(end).toBeLessThanOrEqual(total);
          const seen = Math.floor(scrolled / rowHeight);
          if (seen < total) expect(first <= seen && seen < end).toBe(height > 0 || first < end);
        },
      ),
    );
  });
});

describe('keys in a long list', () => {
  test.each([
    ['ArrowDown', 4, 5],
    ['ArrowUp', 4, 3],
    ['ArrowUp', 0, 0],
    ['PageDown', 4, 14],
    ['PageDown', 95, 99],
    ['PageUp', 4, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['a', 50, null],
  ] as const)('%s from row %i leads to %s', (key, row, to) => {
    expect(rowAfterKey(key, row, 100, 10)).toBe(to);
  });

  test('scrolls no further than the row needs', () => {
    expect(scrollToRow(3, 0, 700, 70)).toBe(0);
    expect(scrollToRow(20, 0, 700, 70)).toBe(770);
    expect(scrollToRow(2, 700, 700, 70)).toBe(140);
  });
});
