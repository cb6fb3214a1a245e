import { describe, expect, test } from 'vitest';
import { spokenAtFirst, targetsOf } from '../../../src/elements/streams/transcript-choices.ts';

/** What the form of a transcript offers, of what a gateway hears and translates. */

const translations = { en: ['fr', 'es'], es: ['en'], ca: [] };

describe('languages of a transcript', () => {
  test.each([
    ['what was heard the last time', translations, 'es', 'es'],
    ['English, where nothing was', translations, null, 'en'],
    ['English, where the last is not heard any more', translations, 'de', 'en'],
    ['what is found out, where it was so', translations, 'auto', 'auto'],
    ['the first, where English is not heard', { ca: [] }, null, 'ca'],
    ['what is found out, where none is named', {}, null, 'auto'],
  ])('%s', (_what, told, last, chosen) => {
    expect(spokenAtFirst(told, last)).toBe(chosen);
  });

  test('each is translated into its own; one that is still to be found out into any', () => {
    expect(['en', 'ca', 'auto', 'de'].map((spoken) => targetsOf(translations, spoken))).toEqual([
      ['es', 'fr'],
      [],
      ['en', 'es', 'fr'],
      [],
    ]);
  });
});
