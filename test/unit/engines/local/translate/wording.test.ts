import { describe, expect, it } from 'vitest';
import { casedLike } from '../../../../../demo/server/engines/local/translate/case.ts';
import { punctuatedFor } from '../../../../../demo/server/engines/local/translate/punctuation.ts';

describe('punctuation', () => {
  it('opens questions and exclamations in Spanish, once', () => {
    expect(punctuatedFor('Hola. Dónde está ? "Ya!"', 'es')).toBe('Hola. ¿Dónde está? "¡Ya!"');
    expect(punctuatedFor('¿Dónde está?', 'es')).toBe('¿Dónde está?');
    expect(punctuatedFor('Son las 3.5 y ya', 'es')).toBe('Son las 3.5 y ya');
  });

  it('opens none elsewhere, and spaces signs as French alone does', () => {
    expect(punctuatedFor('¿Where is it? ¡Here!', 'en')).toBe('Where is it? Here!');
    expect(punctuatedFor('Where is it ?', 'en')).toBe('Where is it?');
    expect(punctuatedFor('Où est-ce ?', 'fr')).toBe('Où est-ce ?');
  });
});

describe('capitals', () => {
  it('begin where the source begins with one, and only there', () => {
    expect(casedLike('where is it', 'Dónde está', 'es')).toBe('dónde está');
    expect(casedLike('Where is it', 'dónde está', 'es')).toBe('Dónde está');
    expect(casedLike('¿dónde está?', '¿Where is it?', 'en')).toBe('¿where is it?');
    expect(casedLike('estoy aquí', 'I am here', 'en')).toBe('I am here');
  });

  it('inside are those of the source alone, but for English, which has more of them', () => {
    expect(casedLike('How is it?', '¿Cómo Es?', 'es')).toBe('¿Cómo es?');
    expect(casedLike('Yes. How is it?', 'Sí. ¿Cómo Es?', 'es')).toBe('Sí. ¿Cómo es?');
    expect(casedLike('I saw Mary in Rome', 'Vi a Mary en Roma', 'es')).toBe('Vi a Mary en Roma');
    expect(casedLike('Viene el lunes', 'He comes on Monday', 'en')).toBe('He comes on Monday');
    expect(casedLike('When I come', 'Quand Je viens', 'fr')).toBe('Quand je viens');
  });
});
