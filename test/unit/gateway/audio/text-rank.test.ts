import { expect, it } from 'vitest';
import { keywordsOf } from '../../../../demo/server/rtstream/audio/keywords.ts';
import { bestOf, textRank } from '../../../../demo/server/rtstream/audio/text-rank.ts';

const TALK = [
  'Hello there.',
  'The new battery lasts two days.',
  'Charging the battery takes one hour with the new charger.',
  'I had soup for lunch.',
  'The charger and the battery are sold together.',
];

it('puts first what shares most with the rest', () => {
  const scores = textRank(TALK);
  expect(Math.max(...scores)).toBe(1);
  expect(bestOf(scores, 2)).not.toContain(0);
  expect(bestOf(scores, 3)).toEqual([1, 2, 4]);
});

it('ranks by meaning where there are vectors', () => {
  const vectors = [1, 0, 0, 1, 0].map((axis) => Float32Array.from([axis, 1 - axis]));
  // The second, third and fifth are alike.
  expect(bestOf(textRank(TALK, vectors), 3)).toEqual([1, 2, 4]);
});

it('copes with one sentence, none, and a flood', () => {
  expect(textRank([])).toEqual([]);
  expect(textRank(['The battery is new today.'])).toEqual([1]);
  const flood = Array.from({ length: 1000 }, (_, at) => `Sentence number ${String(at)} about batteries.`);
  expect(textRank(flood)).toHaveLength(1000);
});

it('tells the nouns that a text is about', () => {
  expect(keywordsOf(TALK.join(' '), 2)).toEqual(['battery', 'charger']);
  expect(keywordsOf('', 3)).toEqual([]);
});
