import { describe, expect, it } from 'vitest';
import { costOf, currencyFrom, limitFrom, pricesFrom } from '../../../src/pipelines/usage-cost.ts';

const spoken = { inputTokens: 1000, outputTokens: 1000, inputAudioTokens: 1000, outputAudioTokens: 1000 };

describe('cost', () => {
  it('a thousand audio tokens each way at $100 and $200 a million are $0.30', () => {
    expect(costOf(spoken, { audioIn: 100, audioOut: 200 })).toBeCloseTo(0.3, 12);
  });

  it('text is what of the tokens is no sound', () => {
    const mixed = { inputTokens: 1500, outputTokens: 1200, inputAudioTokens: 1000, outputAudioTokens: 1000 };
    expect(costOf(mixed, { textIn: 4, textOut: 16 })).toBeCloseTo(500 * 4e-6 + 200 * 16e-6, 12);
  });

  it('nothing was used: nothing was spent; a kind without a price is free', () => {
    expect(costOf(null, { audioIn: 100 })).toBe(0);
    expect(costOf(spoken, { textIn: 4 })).toBe(0);
  });

  it('a service that tells more sound than tokens does not pay us back', () => {
    expect(costOf({ ...spoken, inputTokens: 0 }, { textIn: 1000, audioIn: 100 })).toBeCloseTo(0.1, 12);
  });
});

describe('what a page says of it', () => {
  it.each([
    ['prices', 7],
    ['prices', []],
    ['prices.audioIn', { audioIn: -1 }],
    ['prices.audioIn', { audioIn: '100' }],
    ['prices.audioCachedIn', { audioCachedIn: 1 }],
  ])('names %s', (field, given) => {
    expect(() => pricesFrom(given)).toThrow(expect.objectContaining({ code: 'bad-option', field }));
  });

  it('takes prices, a currency and a limit as they are', () => {
    expect(pricesFrom({ audioIn: 100, textOut: 0 })).toEqual({ audioIn: 100, textOut: 0 });
    expect(currencyFrom('eur')).toBe('EUR');
    expect(() => currencyFrom('€')).toThrow(expect.objectContaining({ field: 'currency' }));
    expect(limitFrom(2.5, {})).toBe(2.5);
    expect(() => limitFrom(NaN, {})).toThrow(expect.objectContaining({ field: 'spending-limit' }));
    expect(() => limitFrom(1, null)).toThrow(expect.objectContaining({ field: 'prices' }));
  });
});
