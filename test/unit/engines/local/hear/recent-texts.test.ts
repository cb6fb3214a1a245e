import { expect, it } from 'vitest';
import { RecentTexts } from '../../../../../demo/server/engines/local/hear/recent-texts.ts';

it('knows a piece by its samples, not by where they lie', () => {
  const texts = new RecentTexts<string>(4);
  texts.set(Int16Array.of(1, 2, 3), 'one two three');
  expect(texts.get(Int16Array.of(0, 1, 2, 3, 4).subarray(1, 4))).toBe('one two three');
  expect(texts.get(Int16Array.of(1, 2, 4))).toBeUndefined();
});

it('forgets the oldest', () => {
  const texts = new RecentTexts<string>(2);
  for (const sample of [1, 2, 3]) texts.set(Int16Array.of(sample), String(sample));
  expect([1, 2, 3].map((sample) => texts.get(Int16Array.of(sample)))).toEqual([undefined, '2', '3']);
});
