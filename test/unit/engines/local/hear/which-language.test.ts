import { expect, it } from 'vitest';
import { speechSeconds } from '../../../../../demo/server/engines/local/hear/speech-seconds.ts';
import { whichLanguage } from '../../../../../demo/server/engines/local/hear/which-language.ts';

const words = (count: number, confidence: number) =>
  Array.from({ length: count }, () => ({ word: 'palabra', confidence, startSeconds: 0, seconds: 0.4 }));
const english = (text: string, perCharacter: number) => ({ text, tokens: Math.round(text.length * perCharacter) });

const sureSpanish = { words: words(8, 0.95), speechSeconds: 3.3 };
const unsureSpanish = { words: words(5, 0.55), speechSeconds: 3.3 };
const goodEnglish = english('Please enter your password now.', 0.2);
const brokenEnglish = english('Usted yan no se en quentra.', 0.4);

it('believes the recogniser that is sure and whose words fill the speech', () => {
  for (const declared of ['en', 'es']) {
    expect(whichLanguage({ english: brokenEnglish, spanish: sureSpanish, declared })).toBe('es');
    expect(whichLanguage({ english: goodEnglish, spanish: unsureSpanish, declared })).toBe('en');
  }
});

it('leaves what could be either to what was announced', () => {
  const either = { words: words(7, 0.81), speechSeconds: 3 };
  const text = english('Something that can be read.', 0.275);
  expect(whichLanguage({ english: text, spanish: either, declared: 'en' })).toBe('en');
  expect(whichLanguage({ english: text, spanish: either, declared: 'es' })).toBe('es');
});

it('does not tell before Spanish had time to be heard, but for plain English that was announced', () => {
  const nothing = { words: [], speechSeconds: 1 };
  expect(whichLanguage({ english: goodEnglish, spanish: nothing, declared: 'en' })).toBe('en');
  expect(whichLanguage({ english: goodEnglish, spanish: nothing, declared: 'es' })).toBeNull();
  expect(whichLanguage({ english: brokenEnglish, spanish: nothing, declared: 'en' })).toBeNull();
  expect(whichLanguage({ english: { text: '', tokens: 0 }, spanish: nothing, declared: 'en' })).toBeNull();
});

it('counts the speech of a recording without its pauses', () => {
  const rate = 16_000;
  const pcm = Int16Array.from({ length: 3 * rate }, (_, at) =>
    at >= rate && at < 2 * rate ? 8000 * Math.sin(at) : 40 * Math.sin(at),
  );
  expect(speechSeconds(pcm, rate)).toBeCloseTo(1, 1);
  expect(speechSeconds(new Int16Array(0), rate)).toBe(0);
});
