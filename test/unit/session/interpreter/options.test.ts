import { describe, expect, it } from 'vitest';
import { interpreterOptions, interpreterUrl } from '../../../../src/session/interpreter/options.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const refused = (make: () => unknown): string | null => {
  try {
    make();
  } catch (cause) {
    return cause instanceof AssistantError && cause.code === 'bad-option' ? cause.field : String(cause);
  }
  return null;
};

describe('the socket of an interpreter', () => {
  it.each([
    ['https://voice.example', 'fpnn', 'wss://voice.example/service/websocket'],
    ['http://127.0.0.1:5173/', 'gate', 'ws://127.0.0.1:5173/gate/websocket'],
    ['wss://rtvt.example:14002', 'fpnn', 'wss://rtvt.example:14002/service/websocket'],
    ['wss://rtvt.example/service/other?x=1', 'fpnn', 'wss://rtvt.example/service/other?x=1'],
  ] as const)('of %s (%s) is %s', (endpoint, dialect, url) => {
    expect(interpreterUrl(endpoint, dialect)).toBe(url);
  });

  it.each(['', 'voice.example', 'ftp://voice.example'])('cannot be %o', (endpoint) => {
    expect(refused(() => interpreterUrl(endpoint, 'fpnn'))).toBe('endpoint');
  });
});

describe('the options of an interpreter', () => {
  const endpoint = 'https://voice.example';

  it('transcribe English by default', () => {
    expect(interpreterOptions({ endpoint })).toMatchObject({
      from: 'en',
      to: null,
      turn: 'vad',
      speakAloud: false,
      muted: false,
    });
  });

  it('write language tags as everybody does', () => {
    expect(interpreterOptions({ endpoint, from: 'ES', to: 'zh-hant', alternatives: ['EN-us'] })).toMatchObject({
      from: 'es',
      to: 'zh-Hant',
      alternatives: ['en-US'],
    });
  });

  it.each([
    [{ from: 'not a language' }, 'from'],
    [{ to: '' }, 'to'],
    [{ alternatives: ['en', 'fr', 'de', 'it'] }, 'alternatives'],
    [{ silenceMs: 5 }, 'silenceMs'],
    [{ silenceMs: Number.NaN }, 'silenceMs'],
  ])('name what is wrong with %o', (wished, field) => {
    expect(refused(() => interpreterOptions({ endpoint, ...wished }))).toBe(field);
  });
});
