import { describe, expect, it } from 'vitest';
import { ESPEAK_LANGUAGES, espeakVoice } from '../../../../../demo/server/engines/local/speak/languages.ts';
import { sentenceClauses } from '../../../../../demo/server/engines/local/speak/sentences.ts';
import { LOCAL_VOICES } from '../../../../../demo/server/engines/local/speak/voices.ts';

describe('voices of espeak-ng', () => {
  it('are there for each language, another one for each name', () => {
    for (const language of ESPEAK_LANGUAGES) {
      const voices = LOCAL_VOICES.map(({ name }) => espeakVoice(language, name));
      expect(new Set(voices).size).toBe(LOCAL_VOICES.length);
      expect(voices).not.toContain(null);
    }
  });

  it('know regions, and no language that was not named', () => {
    expect(espeakVoice('es-MX', 'marin')).toBe('es-419+f2');
    expect(espeakVoice('es-AR', 'cedar')).toBe('es+antonio');
    expect(espeakVoice('PT-br', 'nobody')).toBe('pt-br+f2');
    expect(espeakVoice('de', 'marin')).toBeNull();
    expect(espeakVoice('constructor', 'marin')).toBeNull();
  });
});

describe('sentences', () => {
  it('are said one by one, with pauses', () => {
    expect(sentenceClauses('¿Dónde está? ¡Aquí! Bien')).toEqual([
      { text: '¿Dónde está?', pauseMs: 320 },
      { text: '¡Aquí!', pauseMs: 320 },
      { text: 'Bien', pauseMs: 30 },
    ]);
    expect(sentenceClauses(' … ¿? ')).toEqual([]);
  });

  it('that are long are cut at commas, not into crumbs', () => {
    const parts = sentenceClauses(`${'una palabra y otra palabra más, '.repeat(9)}fin.`);
    expect(parts.length).toBeGreaterThan(2);
    for (const { text } of parts.slice(0, -1)) {
      expect(text.length).toBeLessThanOrEqual(95);
      expect(text.length).toBeGreaterThan(30);
      expect(text.endsWith(',')).toBe(true);
    }
  });
});
