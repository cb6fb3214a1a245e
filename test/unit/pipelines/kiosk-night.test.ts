import { expect, test } from 'vitest';
import { isNight, minutesOf, readNight } from '../../../src/pipelines/kiosk-night.ts';

test.each([
  ['22:00-06:00', 23 * 60, true],
  ['22:00/**/-06:00', 22 * 60, true],
  ['', 3 * 60, true],
  ['22:00-06:00', 5 * 60 + 59, true],
  ['22:00-06:00', 6 * 60, false],
  [' 22:00 – 6:00 ', 12 * 60, false],
  ['01:30-05:00', 60, false],
  ['01:30-05:00', 90, true],
  ['01:30-05:00', 300, false],
])('%s at minute %i: dark is %s', (wish, minutes, dark) => {
  const night = readNight(wish);
  expect(night).toBeTruthy();
  expect(night != null && isNight(night, minutes)).toBe(dark);
});

test.each([
  ['none', null],
  ['at night', undefined],
  ['22:00', undefined],
  ['25:00-06:00', undefined],
  ['1:00-2:00-3:00', undefined],
])('%s', (wish, meant) => {
  expect(readNight(wish)).toBe(meant);
});

test('a time of day is minutes after midnight', () => {
  expect(['03:30', '0:00', '23:59', '24:00', '3.30'].map(minutesOf)).toEqual([210, 0, 1439, null, null]);
});
