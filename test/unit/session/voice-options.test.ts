import { describe, expect, it } from 'vitest';
import { socketUrl, voiceOptions } from '../../../src/session/voice-options.ts';

describe('socketUrl', () => {
  it.each([
    ['http://127.0.0.1:5173', 'ws://127.0.0.1:5173/v1/realtime'],
    ['https://shop.example/', 'wss://shop.example/v1/realtime'],
    ['https://api.openai.com/v1', 'wss://api.openai.com/v1/realtime'],
    ['https://shop.example/voice/', 'wss://shop.example/voice/v1/realtime'],
    ['wss://api.x.ai/v1/realtime?model=m', 'wss://api.x.ai/v1/realtime?model=m'],
  ])('%s → %s', (endpoint, url) => {
    expect(socketUrl(endpoint)).toBe(url);
  });
  it.each(['', 'shop', 'ftp://x'])('names the field for %j', (endpoint) => {
    expect(() => socketUrl(endpoint)).toThrow(expect.objectContaining({ code: 'bad-option', field: 'endpoint' }));
  });
});

describe('voiceOptions', () => {
  const of = (options: object): unknown => voiceOptions({ endpoint: 'http://a', ...options }, null).settings.turns;
  it('lets the server find the turns unless a key does', () => {
    expect(of({})).toEqual({ type: 'server-vad', interrupt: true });
    expect(of({ turn: 'hold' })).toEqual({ type: 'none' });
    expect(of({ settings: { turns: { type: 'semantic-vad', eagerness: 'low' } } })).toEqual({
      type: 'semantic-vad',
      eagerness: 'low',
      interrupt: true,
    });
  });
  it('forbids the server to cut its answer where speech may not', () => {
    expect(of({ bargeIn: 'button' })).toMatchObject({ interrupt: false });
    expect(of({ bargeIn: 'never' })).toMatchObject({ interrupt: false });
  });
  it('carries declarations of tools, never their code', () => {
    const run = (): number => 1;
    const tools = { hours: { description: 'd', parameters: {}, run } };
    const plain = voiceOptions({ endpoint: 'http://a', tools }, null);
    expect(plain.settings.tools).toEqual([{ name: 'hours', description: 'd', parameters: {} }]);
    expect(() => structuredClone(plain)).not.toThrow();
  });
});
