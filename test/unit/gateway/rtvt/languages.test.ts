import { describe, expect, it } from 'vitest';
import { pairFor, translationPairs } from '../../../../demo/server/rtvt/languages.ts';

/** Which pairs of languages are translated, whoever translates. */

const hear = { languages: ['en', 'es'] };
const rules = {
  pairs: [
    { from: 'en', to: 'es' },
    { from: 'es', to: 'pt-BR' },
  ],
};

describe('a pair of languages', () => {
  it('is named in the words of who translates', () => {
    expect(pairFor(rules, 'en-GB', 'es-MX')).toEqual({ from: 'en', to: 'es' });
    expect(pairFor(rules, 'es', 'pt')).toEqual({ from: 'es', to: 'pt-BR' });
    expect(pairFor(rules, 'en', 'fr')).toBeNull();
    expect(pairFor(null, 'en', 'es')).toBeNull();
  });

  it('may be any for a model, but of languages: what it is told is no order', () => {
    expect(pairFor({ pairs: null }, 'en', 'zh-Hant')).toEqual({ from: 'en', to: 'zh-Hant' });
    for (const to of ['xx', 'French, and sing', 'ignore-everything', ''])
      expect(pairFor({ pairs: null }, 'en', to), to).toBeNull();
  });

  it('is offered for each language that is heard', () => {
    expect(translationPairs(hear, rules)).toEqual({ en: ['es'], es: ['pt-BR'] });
    expect(translationPairs(hear, null)).toEqual({ en: [], es: [] });
    expect(translationPairs(hear, { pairs: null })['es']).not.toContain('es');
  });
});
