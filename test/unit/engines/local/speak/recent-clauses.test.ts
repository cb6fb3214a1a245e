import { expect, it } from 'vitest';
import { RecentClauses } from '../../../../../demo/server/engines/local/speak/recent-clauses.ts';

it('keeps what was spoken lately, and no more samples than it may', () => {
  const recent = new RecentClauses(10);
  recent.set('a', new Int16Array(4));
  recent.set('b', new Int16Array(4));
  expect(recent.get('a')).toHaveLength(4);
  recent.set('c', new Int16Array(4));
  expect(recent.get('b')).toBeUndefined();
  expect(recent.get('a')).toHaveLength(4);
  expect(recent.get('c')).toHaveLength(4);
});

it('does not count a clause twice, nor take one that fills it alone', () => {
  const recent = new RecentClauses(10);
  for (let time = 0; time < 5; time++) recent.set('a', new Int16Array(6));
  recent.set('b', new Int16Array(4));
  recent.set('huge', new Int16Array(11));
  expect([recent.get('a')?.length, recent.get('b')?.length, recent.get('huge')]).toEqual([6, 4, undefined]);
});
