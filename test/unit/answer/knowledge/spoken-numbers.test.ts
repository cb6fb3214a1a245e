import { expect, it } from 'vitest';
import { digitise } from '../../../../demo/server/knowledge/spoken-numbers.ts';

it.each([
  ['twenty five', '25'],
  ['one hundred and five, please', '105, please'],
  ['nineteen ninety nine', '1999'],
  ['two thousand twenty six', '2026'],
  ['twenty-five euros', '25 euros'],
  ['four four one two', '4 4 1 2'],
  ['five hundred thousand', '500000'],
  ['three and four', '3 and 4'],
  ['the other one', 'the other one'],
  ['a hundred', 'a hundred'],
])('%s → %s', (said, written) => {
  expect(digitise(said)).toBe(written);
});

it('takes a lone one for a number only when asked to', () => {
  expect(digitise('one', { ones: true })).toBe('1');
});
