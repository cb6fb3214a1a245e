import { expect, it } from 'vitest';
import { daysIn, fitsDays } from '../../../../demo/server/knowledge/days.ts';

it.each([
  ['Monday to Friday: 9 to 5.', [1, 2, 3, 4, 5]],
  ['Saturday and Sunday', [0, 6]],
  ['from Friday until Monday', [0, 1, 5, 6]],
  ['at weekends', [0, 6]],
  ['every day', [0, 1, 2, 3, 4, 5, 6]],
  ['in March', []],
])('%s', (text, days) => {
  expect([...daysIn(text)].sort()).toEqual(days);
});

it('finds a day within a range, and tells a sentence about other days', () => {
  const asked = daysIn('are you open on wednesday');
  expect(fitsDays(asked, daysIn('Monday to Friday: 9 to 5.'))).toBe(1);
  expect(fitsDays(asked, daysIn('Saturday: 10 to 4.'))).toBe(-1);
  expect(fitsDays(asked, daysIn('We have tea.'))).toBe(0);
});
