import { describe, expect, it } from 'vitest';
import { chooseProtocol, readHandshake } from '../../../../demo/server/realtime/upgrade.ts';

const read = (headers: Record<string, string>, url = '/v1/realtime?model=m') => readHandshake({ headers, url });

describe('readHandshake', () => {
  it('tells the dialect by header or subprotocol, GA otherwise', () => {
    expect(read({}).dialect.name).toBe('ga');
    expect(read({ 'openai-beta': 'realtime=v1' }).dialect.name).toBe('beta');
    expect(read({ 'sec-websocket-protocol': 'realtime, openai-beta.realtime-v1' }).dialect.name).toBe('beta');
  });

  it('finds the credential in the header, in Azure’s header, or in the subprotocol', () => {
    expect(read({ authorization: 'Bearer abc' }).credential).toBe('abc');
    expect(read({ 'api-key': 'abc' }).credential).toBe('abc');
    expect(read({ 'sec-websocket-protocol': 'realtime, openai-insecure-api-key.ek_x.y.z' }).credential).toBe('ek_x.y.z');
    expect(read({ authorization: 'Basic abc' }).credential).toBeNull();
  });

  it('reads model, intent and call', () => {
    expect(read({}, '/v1/realtime?intent=transcription')).toMatchObject({ intent: 'transcription', model: null });
    expect(read({}, '/v1/realtime?call_id=rtc_1')).toMatchObject({ callId: 'rtc_1' });
  });
});

describe('chooseProtocol', () => {
  it('echoes realtime, never a secret while there is something else, nothing when nothing was offered', () => {
    expect(chooseProtocol(['openai-insecure-api-key.ek_x', 'realtime'])).toBe('realtime');
    expect(chooseProtocol(['openai-insecure-api-key.ek_x', 'other'])).toBe('other');
    expect(chooseProtocol([])).toBe(false);
  });
});
