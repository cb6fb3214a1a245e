import { describe, expect, it } from 'vitest';
import {
  canSpeak,
  canSwap,
  heardLanguages,
  targetLanguages,
  withFrom,
} from '../../../src/elements/interpreter/language-choice.ts';
import { TalkKeys } from '../../../src/elements/interpreter/talk-keys.ts';
import type { InterpreterLanguages } from '../../../src/shared/interpretation.ts';

const told: InterpreterLanguages = {
  heard: ['en', 'es', 'ca'],
  into: { en: ['es', 'ar'], es: ['en', 'ca'], ca: ['es'] },
  spoken: ['es'],
  quality: null,
};
const untold: InterpreterLanguages = { ...told, into: null };

describe('pairs of languages', () => {
  it('offer what is told, and what is in force before anything is', () => {
    expect(heardLanguages(null, { from: 'de', to: null })).toEqual(['de']);
    expect(heardLanguages(told, { from: 'en-GB', to: null })).toEqual(['en', 'es', 'ca']);
    expect(targetLanguages(null, { from: 'en', to: 'fr' })).toEqual(['fr']);
    expect(targetLanguages(told, { from: 'en-GB', to: 'es' })).toEqual(['es', 'ar']);
    expect(targetLanguages(told, { from: 'en', to: 'fr' })).toEqual(['fr', 'es', 'ar']);
    expect(targetLanguages(untold, { from: 'en', to: null })).toEqual(['es', 'ca']);
  });

  it('keep the translation where it can be kept', () => {
    expect(withFrom(told, { from: 'en', to: 'es' }, 'ca')).toEqual({ from: 'ca', to: 'es' });
    expect(withFrom(told, { from: 'en', to: 'ar' }, 'es')).toEqual({ from: 'es', to: 'en' });
    expect(withFrom(told, { from: 'en', to: null }, 'es')).toEqual({ from: 'es', to: null });
    expect(withFrom(told, { from: 'en', to: 'es' }, 'de')).toEqual({ from: 'de', to: null });
    expect(withFrom(null, { from: 'en', to: 'es' }, 'es')).toEqual({ from: 'es', to: null });
  });

  it('are swapped and spoken where that exists; what nobody told may be tried', () => {
    expect(canSwap(told, { from: 'en', to: 'es' })).toBe(true);
    expect(canSwap(told, { from: 'en', to: 'ar' })).toBe(false);
    expect(canSwap(told, { from: 'en', to: null })).toBe(false);
    expect(canSwap(null, { from: 'en', to: 'xx' })).toBe(true);
    expect([canSpeak(told, { from: 'en', to: 'es' }), canSpeak(told, { from: 'es', to: 'en' })]).toEqual([true, false]);
    expect([canSpeak(null, { from: 'es', to: 'en' }), canSpeak(told, { from: 'es', to: null })]).toEqual([true, false]);
  });
});

describe('TalkKeys', () => {
  it('tells changes only, one person at a time', () => {
    const told: (readonly [string, boolean])[] = [];
    const keys = new TalkKeys((side, down) => told.push([side, down]));
    keys.up('near');
    keys.down('near');
    keys.down('near');
    keys.down('far');
    keys.up('far');
    keys.release();
    keys.release();
    keys.down('far');
    expect(keys.held).toBe('far');
    expect(told).toEqual([
      ['near', true],
      ['near', false],
      ['far', true],
    ]);
  });
});
