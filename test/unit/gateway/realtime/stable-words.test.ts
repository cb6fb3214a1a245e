import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StableWords } from '../../../../demo/server/realtime/stable-words.ts';

const feed = (...hearings: string[]): string[] => {
  const words = new StableWords();
  return hearings.map((hearing) => words.push(hearing));
};

describe('StableWords', () => {
  it('tells a word once two hearings agree on it, but never the newest', () => {
    expect(feed('what', 'what are', 'what are your', 'what are your opening')).toEqual(['', 'what', ' are', ' your']);
  });

  it('keeps back what is still being revised', () => {
    expect(feed('I scream', 'ice cream is', 'ice cream is good', 'ice cream is good today')).toEqual([
      '',
      '',
      'ice cream is',
      ' good',
    ]);
  });

  it('punctuation and case do not count as a revision', () => {
    expect(feed('hello', 'Hello, there', 'Hello there you')).toEqual(['', 'Hello,', ' there']);
  });

  it('never tells again or differently what was told', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }), { maxLength: 20 }), (hearings) => {
        const words = new StableWords();
        let told = '';
        for (const hearing of hearings) {
          const delta = words.push(hearing.join(' '));
          // What is told is always how this hearing begins.
          if (delta !== '') expect(hearing.join(' ').startsWith(told + delta)).toBe(true);
          told += delta;
        }
      }),
    );
  });
});
