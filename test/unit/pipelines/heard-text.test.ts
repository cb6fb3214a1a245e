import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atWord,
  charsHeard,
  unspoken,
  withEnd,
  withSound,
  withText,
  type SpokenText,
} from '../../../src/pipelines/heard-text.ts';
import { samples } from '../../../src/shared/time.ts';

const RATE = 24_000;
const second = (count: number): number => count * RATE;

/** Two sentences of 20 and 40 characters, each told before its own sound of 2 s and 4 s. */
const aligned = (): SpokenText => {
  const first = withSound(withText(unspoken, 20), second(2), RATE);
  return withEnd(withSound(withText(first, 60), second(4), RATE));
};

describe('charsHeard', () => {
  it('follows the sentence whose sound is being played', () => {
    expect(charsHeard(aligned(), samples(0))).toBe(0);
    expect(charsHeard(aligned(), samples(second(1)))).toBe(10);
    expect(charsHeard(aligned(), samples(second(2)))).toBe(20);
    expect(charsHeard(aligned(), samples(second(4)))).toBe(40);
    expect(charsHeard(aligned(), samples(second(6)))).toBe(60);
  });

  it('does not show text that ran ahead of its sound', () => {
    const ahead = withSound(withText(unspoken, 400), second(1), RATE);
    expect(charsHeard(ahead, samples(second(0.5)))).toBeLessThanOrEqual(11);
  });

  it('goes by proportion where all text came first', () => {
    const whole = withEnd(withSound(withText(unspoken, 100), second(10), RATE));
    expect(charsHeard(whole, samples(second(5)))).toBe(50);
  });

  it('never goes back and never beyond the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(40), fc.nat(RATE)), { maxLength: 20 }),
        fc.array(fc.nat(RATE * 20), { minLength: 2, maxLength: 10 }),
        (pieces, positions) => {
          let spoken = unspoken;
          for (const [chars, sound] of pieces) spoken = withSound(withText(spoken, spoken.chars + chars), sound, RATE);
          spoken = withEnd(spoken);
          const heard = positions.toSorted((a, b) => a - b).map((at) => charsHeard(spoken, samples(at)));
          heard.forEach((chars, index) => {
            expect(chars).toBeGreaterThanOrEqual(0);
            expect(chars).toBeLessThanOrEqual(spoken.chars);
            expect(chars).toBeGreaterThanOrEqual(heard[index - 1] ?? 0);
          });
        },
      ),
    );
  });
});

describe('atWord', () => {
  it('never cuts a word in two', () => {
    expect(atWord('The shop is open', 11)).toBe(11);
    expect(atWord('The shop is open', 13)).toBe(11);
    expect(atWord('The shop is open', 2)).toBe(0);
    expect(atWord('The shop', 99)).toBe(8);
  });
});
