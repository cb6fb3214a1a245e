import { describe, expect, it } from 'vitest';
import { languagesIn, textFor, wishesIn } from '../../../src/elements/caption-rows/viewer-choice.ts';
import { sourceKind } from '../../../src/elements/captions/caption-wishes.ts';
import { interpreterErrorStrings } from '../../../src/elements/captions/interpreter-error-strings.ts';
import { languageName, ownName, sortedByName } from '../../../src/elements/captions/language-names.ts';
import { preferencesIn, readPreferences, writePreferences } from '../../../src/elements/captions/preferences.ts';
import { fileName, sidesOf } from '../../../src/elements/live-captions/caption-file.ts';
import { captionsBegan } from '../../../src/pipelines/caption-export.ts';
import { captionLine } from '../../support/fake-interpreter.ts';

/** What a viewer chooses of captions, and how it is read from attributes and kept. */

describe('what is read', () => {
  it('is both sides, or the words of the attribute, at most four, each once', () => {
    expect(wishesIn('')).toEqual(['original', 'translation']);
    expect(wishesIn('es, es en-GB <b> x')).toEqual(['es', 'en-GB']);
    expect(wishesIn('aa bb cc dd ee')).toHaveLength(4);
  });

  it('is a side, or a language on whichever side it is', () => {
    const line = captionLine('Where?', '¿Dónde?');
    expect(['original', 'translation', 'ES', 'en-GB', 'fr'].map((wish) => textFor(line, wish)?.text ?? null)).toEqual([
      'Where?',
      '¿Dónde?',
      '¿Dónde?',
      'Where?',
      null,
    ]);
    expect(textFor(captionLine(' ', null), 'original')).toBeNull();
    expect(languagesIn([line, captionLine('And?', null)])).toEqual(['en', 'es']);
  });

  it('decides what a file holds', () => {
    expect(sidesOf(['translation'])).toBe('translation');
    expect(sidesOf(['es'])).toBe('both');
    expect(fileName(new Date(2026, 0, 2, 3, 4), 'srt')).toBe('captions-2026-01-02-0304.srt');
    expect(captionsBegan([])).toBe(0);
  });
});

describe('where captions come from', () => {
  const tag = { source: null, interpreter: null, room: null, media: null, from: null, to: null, lines: [] };
  it.each([
    ['conversation', {}],
    ['microphone', { source: 'microphone' }],
    ['microphone', { to: 'es' }],
    ['pushed', { source: 'pushed', from: 'en' }],
    ['pushed', { lines: [1] }],
    ['media', { media: {} as HTMLMediaElement, from: 'en' }],
    ['room', { room: 'hall', from: 'en' }],
    ['interpreter', { interpreter: {}, room: 'hall' }],
  ] as const)('%s: %j', (kind, said) => {
    expect(sourceKind({ ...tag, ...said })).toBe(kind);
  });
});

describe('languages by name', () => {
  it('in the reader’s language, in its order', () => {
    expect(sortedByName(['es', 'en', 'ca', 'es'], 'en').map(({ name }) => name)).toEqual(['Catalan', 'English', 'Spanish']);
    expect(sortedByName(['es', 'de'], 'de').map(({ name }) => name)).toEqual(['Deutsch', 'Spanisch']);
    expect([ownName('es'), ownName('ar')]).toEqual(['Español', 'العربية']);
  });

  it('are shown as they are where nobody knows them', () => {
    expect(languageName('not a tag', 'en')).toBe('not a tag');
    expect(languageName('es', 'not a tag')).toBe('Spanish');
  });
});

describe('preferences', () => {
  const stored = (value: string | null) => ({ getItem: () => value });

  it('come back as they were written', () => {
    const kept = new Map<string, string>();
    const storage = {
      setItem: (key: string, value: string) => void kept.set(key, value),
      getItem: (key: string) => kept.get(key) ?? null,
    };
    const chosen = { size: 'l', placement: 'top', contrast: 'dark', languages: 'es' } as const;
    expect(writePreferences('a', chosen, storage)).toBe(true);
    expect([readPreferences('a', storage), readPreferences('b', storage)]).toEqual([chosen, {}]);
  });

  it('are nothing where there is no storage, no key, or something else is stored', () => {
    const refusing = {
      getItem: (): string => {
        throw new DOMException('no', 'SecurityError');
      },
      setItem: (): void => {
        throw new DOMException('no', 'QuotaExceededError');
      },
    };
    expect([readPreferences('a', refusing), writePreferences('a', {}, refusing)]).toEqual([{}, false]);
    expect([readPreferences('a', null), writePreferences('a', {}, null)]).toEqual([{}, false]);
    expect([readPreferences('', stored('{"size":"l"}')), writePreferences('', {}, refusing)]).toEqual([{}, false]);
    expect([stored('{'), stored('3'), stored('{"size":"huge","contrast":1}')].map((from) => readPreferences('a', from))).toEqual([
      {},
      {},
      {},
    ]);
    expect(preferencesIn({ size: 'l', contrast: 'loud' })).toEqual({ size: 'l' });
  });
});

it('no sentence of an interpreter’s failures tells to write to an assistant', () => {
  expect(Object.values(interpreterErrorStrings).filter((sentence) => /assistant|You can still write/.test(sentence))).toEqual([]);
});
