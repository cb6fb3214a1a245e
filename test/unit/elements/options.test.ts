import { describe, expect, test } from 'vitest';
import { readInterpreter } from '../../../src/elements/viva-voce/interpreter-options.ts';
import { sameOptions, type Wishes } from '../../../src/elements/viva-voce/options.ts';

const nothing: Wishes = {
  endpoint: null,
  protocol: null,
  preset: null,
  model: null,
  tokenUrl: null,
  tokenProvider: null,
  language: null,
  voice: null,
  instructions: null,
  mode: 'assistant',
  turn: 'vad',
  vadThreshold: null,
  vadSilenceMs: null,
  vadPrefixMs: null,
  bargeIn: 'natural',
  muted: false,
  tools: null,
  stream: null,
  microphone: null,
  speaker: null,
  camera: null,
  assetBase: null,
  workletUrl: null,
  workerUrl: null,
  sileroUrl: null,
  frameEvery: null,
  translateTo: null,
  speakTranslation: false,
  loginProvider: null,
};
const home = 'https://gateway.example';
const read = (wishes: Partial<Wishes>) => readInterpreter({ ...nothing, ...wishes }, home, 'https://shop.example/help/');

test('a bare tag talks to where its script came from and leaves the rest to the server', () => {
  expect(read({})).toEqual({
    options: { endpoint: home, settings: {}, turn: 'vad', bargeIn: 'natural', muted: false },
    interpreter: null,
    mode: 'assistant',
    faults: [],
  });
});

test('an interpreter gets its languages, its own protocol and no settings of a conversation', () => {
  const { interpreter, faults } = read({
    mode: 'interpreter',
    language: 'en-GB',
    translateTo: 'es',
    turn: 'hold',
    vadSilenceMs: 600,
  });
  expect(faults).toEqual([]);
  expect(interpreter).toEqual({
    endpoint: home,
    from: 'en',
    to: 'es',
    turn: 'hold',
    speakAloud: false,
    silenceMs: 600,
    muted: false,
  });
});

test('a conversation may be translated beside', () => {
  const { interpreter, options } = read({ translateTo: 'es', endpoint: 'wss://api.example/v1/realtime', tokenUrl: '/token' });
  // By the gateway that the script came from, whoever answers.
  expect(interpreter).toEqual({ endpoint: home, to: 'es', turn: 'vad', speakAloud: false, muted: false });
  expect(options.tokenUrl).toBe('/token');
});

test('files of Silero may lie beside the page', () => {
  expect(read({ sileroUrl: '/silero/' }).options.sileroUrl).toBe('https://shop.example/silero');
});

test('an endpoint may be relative to the page, and sockets stay sockets', () => {
  expect(read({ endpoint: '/voice/' }).options.endpoint).toBe('https://shop.example/voice');
  expect(read({ endpoint: 'wss://api.example/v1/realtime' }).options.endpoint).toBe('wss://api.example/v1/realtime');
});

test('settings go along as far as they are told', () => {
  const { options } = read({ instructions: 'Be brief', voice: 'alloy', language: 'en', mode: 'chat' });
  expect(options.settings).toEqual({ instructions: 'Be brief', voice: 'alloy', language: 'en', reply: 'text' });
});

test('voice activity numbers make a turn detection, unless the turn is held', () => {
  const numbers = { vadThreshold: 0.6, vadSilenceMs: 700, vadPrefixMs: 0 };
  expect(read({ ...numbers, bargeIn: 'button' }).options.settings?.turns).toEqual({
    type: 'server-vad',
    threshold: 0.6,
    silenceMs: 700,
    prefixMs: 0,
    interrupt: false,
  });
  expect(read({ ...numbers, turn: 'hold' }).options.settings).toEqual({});
});

test.each([
  ['', 'natural'],
  ['true', 'natural'],
  ['false', 'never'],
  ['button', 'button'],
])('barge-in=%j means %s', (bargeIn, meant) => {
  expect(read({ bargeIn }).options.bargeIn).toBe(meant);
});

describe('what cannot be meant is named and left at its default', () => {
  test.each([
    [{ mode: 'sing' }, 'mode', 'bad-option'],
    [{ mode: 'captions', protocol: 'realtime' }, 'protocol', 'unsupported'],
    [{ translateTo: 'not a language' }, 'translate-to', 'bad-option'],
    [{ mode: 'interpreter', language: '?' }, 'language', 'bad-option'],
    [{ mode: 'interpreter', vadSilenceMs: 3_000 }, 'vad-silence-ms', 'bad-option'],
    [{ protocol: 'rtvt' }, 'protocol', 'unsupported'],
    [{ turn: 'maybe' }, 'turn', 'bad-option'],
    [{ bargeIn: 'loud' }, 'barge-in', 'bad-option'],
    [{ vadThreshold: 1.5 }, 'vad-threshold', 'bad-option'],
    [{ vadSilenceMs: Number.NaN }, 'vad-silence-ms', 'bad-option'],
    [{ vadPrefixMs: -1 }, 'vad-prefix-ms', 'bad-option'],
    [{ endpoint: 'http://' }, 'endpoint', 'bad-option'],
  ])('%o', (wishes, field, code) => {
    const { options, faults } = read(wishes);
    expect(faults.map((fault) => [fault.code, fault.field])).toEqual([[code, field]]);
    expect(options).toEqual(read({}).options);
  });
});

test('options are the same when they describe the same conversation', () => {
  const provider = () => Promise.resolve({ token: 't', expiresAt: null });
  const tools = { a: { description: 'A', parameters: {}, run: () => 1 } };
  const made = read({ tools, tokenProvider: provider }).options;
  expect(sameOptions(made, read({ tools: { ...tools }, tokenProvider: provider }).options)).toBe(true);
  expect(sameOptions(made, read({ tools, tokenProvider: () => provider() }).options)).toBe(false);
  expect(sameOptions(made, read({ tools, tokenProvider: provider, voice: 'b' }).options)).toBe(false);
});

test('muting or choosing a device while nothing is going on does not make it another conversation', () => {
  expect(sameOptions(read({}).options, read({ muted: true, microphone: 'a', speaker: 'b', camera: 'c' }).options)).toBe(true);
});
