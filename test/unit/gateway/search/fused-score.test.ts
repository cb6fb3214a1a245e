import { describe, expect, it } from 'vitest';
import { readTerms } from '../../../../demo/server/knowledge/terms.ts';
import { coverage, fusedScore, rarity, relatedCoverage, within } from '../../../../demo/server/rtstream/search/fused-score.ts';

describe('fusedScore', () => {
  it('is 0 for nothing in common and 1 for everything, and grows with each kind of evidence', () => {
    const nothing = { words: 0, related: 0, cosine: 0, phrase: false };
    expect(fusedScore(nothing)).toBe(0);
    expect(fusedScore({ words: 1, related: 1, cosine: 1, phrase: true })).toBe(1);
    for (const more of [{ words: 0.5 }, { related: 0.5 }, { cosine: 0.5 }, { phrase: true }])
      expect(fusedScore({ ...nothing, ...more })).toBeGreaterThan(0);
  });

  it('stands on words alone where no meaning is known', () => {
    expect(fusedScore({ words: 1, related: 1, cosine: null, phrase: false })).toBeCloseTo(1);
    expect(fusedScore({ words: 0.5, related: 0.5, cosine: null, phrase: false })).toBeCloseTo(0.5);
  });
});

it('counts rare words more', () => {
  const weightOf = (word: string): number => rarity(word === 'the' ? 900 : 1, 1000);
  expect(coverage(['the', 'quark'], new Set(['quark']), weightOf)).toBeGreaterThan(0.8);
  expect(coverage(['the', 'quark'], new Set(['the']), weightOf)).toBeLessThan(0.2);
  expect(coverage([], new Set(), weightOf)).toBe(0);
});

it('counts synonyms in part', () => {
  const related = (query: string, passage: string): number => relatedCoverage(readTerms(query), readTerms(passage), () => 1);
  expect(related('contract', 'the contract')).toBe(1);
  expect(related('pricing', 'it costs a lot')).toBeCloseTo(0.8);
  expect(related('pricing', 'elephants')).toBe(0);
});

describe('within', () => {
  const hits = [0.9, 0.1, 0.5, 0, 0.8].map((score) => ({ score }));
  const scores = (limits: Partial<Parameters<typeof within>[1]>) =>
    within(hits, { results: 10, score: 0, dynamicPercent: null, ...limits }).map(({ score }) => score);

  it('sorts, and leaves out what has nothing in common', () => {
    expect(scores({})).toEqual([0.9, 0.8, 0.5, 0.1]);
  });

  it('keeps to the number, to the least score, and to the best part of the range', () => {
    expect(scores({ results: 2 })).toEqual([0.9, 0.8]);
    expect(scores({ score: 0.5 })).toEqual([0.9, 0.8, 0.5]);
    expect(scores({ dynamicPercent: 20 })).toEqual([0.9, 0.8]);
    expect(within([], { results: 1, score: 0, dynamicPercent: 20 })).toEqual([]);
  });
});
