import type { Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RtvtClient, type RtvtClientOptions } from '../../../../src/protocols/rtvt/client.ts';
import { RtvtService, type ServiceOptions } from '../../../support/rtvt-service.ts';
import { fakeWire } from './fake-wire.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const TOKEN = 'LiYUR+2x2/6rMdoUdJGar8MsGLrzJELNwneX45q30x8=';
const frame = (sentence = 1): Uint8Array => new Uint8Array(new Int16Array(320).fill(sentence).buffer);

function client(scripted: ServiceOptions = {}, options: RtvtClientOptions = {}) {
  const service = new RtvtService(scripted);
  const wire = fakeWire(service);
  const events: unknown[] = [];
  const rtvt = new RtvtClient('ws://service.test:14002', 81700001, { WebSocket: wire.WebSocket, now: Date.now, ...options });
  for (const name of [
    'connected$',
    'closed$',
    'sendError$',
    'recognizedResult$',
    'recognizedTempResult$',
    'translatedResult$',
    'translatedTempResult$',
    'ttsResult$',
  ] as const)
    (rtvt[name] as Observable<object>).subscribe((event) => events.push({ name, ...event }));
  /** What the promise brings once the clock has moved. */
  const brings = async <T>(promise: Promise<T>, ms = 100): Promise<T> => {
    await vi.advanceTimersByTimeAsync(ms);
    return promise;
  };
  return {
    rtvt,
    service,
    wire,
    events,
    brings,
    named: (name: string) => events.filter((event) => (event as { name: string }).name === name),
  };
}

async function streaming(scripted: ServiceOptions = {}) {
  const page = client(scripted);
  await page.brings(page.rtvt.login(TOKEN, 1713354552));
  const { streamId } = await page.brings(page.rtvt.createStream('zh', 'en'));
  return { ...page, streamId };
}

describe('login', () => {
  it('connects and logs in with what the token was signed for', async () => {
    const { rtvt, service, events, brings } = client({}, { uid: 123456 });
    expect(await brings(rtvt.login(TOKEN, 1713354552))).toEqual({ successed: true, errorCode: 0 });
    expect(service.connections[0]?.quests[0]).toMatchObject({
      method: 'login',
      values: { pid: 81700001, token: TOKEN, ts: 1713354552, uid: 123456 },
    });
    expect(events).toEqual([{ name: 'connected$', connectionId: 1, endpoint: 'ws://service.test:14002', connected: true }]);
  });

  it.each([
    [800101, 800101],
    [800103, 800103],
    [false, 800102],
  ] as const)('tells the service’s code of a refusal (%s), and may be tried again', async (refusal, errorCode) => {
    const { rtvt, wire, brings } = client({ login: (_, count) => (count === 1 ? refusal : null) });
    expect(await brings(rtvt.login('old', 1))).toEqual({ successed: false, errorCode });
    expect(await brings(rtvt.login(TOKEN, 1713354552))).toEqual({ successed: true, errorCode: 0 });
    expect(wire.urls).toHaveLength(1);
  });

  it('tells that there is no connection, and no answer', async () => {
    const unreachable = client();
    unreachable.wire.faults.down = true;
    expect(await unreachable.brings(unreachable.rtvt.login(TOKEN, 1))).toEqual({ successed: false, errorCode: 20002 });
    expect(unreachable.events).toMatchObject([{ name: 'connected$', connected: false }]);
    const silent = client();
    await silent.brings(silent.rtvt.login(TOKEN, 1));
    silent.wire.faults.stalled = true;
    expect(await silent.brings(silent.rtvt.login(TOKEN, 1), 6000)).toEqual({ successed: false, errorCode: 20003 });
  });

  it('connects anew after a break', async () => {
    const { rtvt, wire, events, brings } = client();
    await brings(rtvt.login(TOKEN, 1));
    wire.cut();
    expect(events.at(-1)).toMatchObject({ name: 'closed$', connectionId: 1, causedByError: true });
    expect(await brings(rtvt.createStream('zh', 'en'))).toEqual({ streamId: '', errorCode: 20002 });
    expect(await brings(rtvt.login(TOKEN, 1))).toMatchObject({ successed: true });
    expect(events.at(-1)).toMatchObject({ name: 'connected$', connectionId: 2, connected: true });
  });
});

describe('streams', () => {
  it('are created as asked for, their ids whole', async () => {
    const { rtvt, service, brings } = client();
    await brings(rtvt.login(TOKEN, 1));
    const options = { asr: true, temp: false, trans: true, srcAltLanguages: ['ja', 'es'], tts: true, vadSilenceTime: 300 };
    expect(await brings(rtvt.createStream('zh', 'en', options))).toEqual({ streamId: '4046519136031866897', errorCode: 0 });
    expect(service.connections[0]?.quests.at(-1)?.values).toEqual({
      asrResult: true,
      asrTempResult: false,
      transResult: true,
      srcLanguage: 'zh',
      destLanguage: 'en',
      srcAltLanguage: ['ja', 'es'],
      ttsResult: true,
      vadSlienceTime: 300,
    });
  });

  it('are refused by the service’s code', async () => {
    const { rtvt, brings } = client({ start: () => 800105 });
    await brings(rtvt.login(TOKEN, 1));
    expect(await brings(rtvt.createStream('xx', 'en'))).toEqual({ streamId: '', errorCode: 800105 });
    const early = client();
    expect(await early.brings(early.rtvt.createStream('zh', 'en'))).toEqual({ streamId: '', errorCode: 20002 });
  });

  it('tell their results as the SDK’s callbacks do', async () => {
    const { rtvt, streamId, brings, named } = await streaming();
    for (let seq = 0; seq < 30; seq++) await brings(rtvt.sendVoice(streamId, seq, frame(seq < 20 ? 7 : 0)), 20);
    expect(named('recognizedTempResult$')).toHaveLength(4);
    expect(named('recognizedResult$')).toMatchObject([{ pid: 1, streamId, lang: 'en', taskId: '0', asr: '7:20' }]);
    expect(named('translatedResult$')).toMatchObject([{ streamId, lang: 'es', taskId: '0', trans: 't7:20' }]);
  });

  it('take frames of 640 bytes in any shape, and say clearly what is none', async () => {
    const { rtvt, streamId, brings } = await streaming();
    for (const data of [frame(), frame().buffer as ArrayBuffer, new Int16Array(320)])
      expect(await brings(rtvt.sendVoice(streamId, 0, data))).toBe(0);
    const size = { code: 'bad-option', field: 'data', message: 'a frame has 640 bytes, not 641' };
    await expect(rtvt.sendVoice(streamId, 0, new Uint8Array(641))).rejects.toMatchObject(size);
    expect(() => rtvt.sendVoiceAsync(streamId, 0, new Uint8Array(641))).toThrow(expect.objectContaining(size));
    await expect(rtvt.sendVoice('stream', 0, frame())).rejects.toMatchObject({ code: 'bad-option', field: 'streamId' });
    expect(() => rtvt.sendVoiceAsync('1.5', 0, frame())).toThrow(expect.objectContaining({ field: 'streamId' }));
  });

  it('tell a refused frame where it was sent, or by an event', async () => {
    const { rtvt, events, brings } = await streaming();
    expect(await brings(rtvt.sendVoice('1', 5, frame()))).toBe(800200);
    rtvt.sendVoiceAsync('1', 6, frame());
    await brings(Promise.resolve());
    expect(events.at(-1)).toEqual({ name: 'sendError$', streamId: '1', seq: 6, errorCode: 800200 });
  });

  it('settle what waits when the connection ends', async () => {
    const { rtvt, streamId, wire, brings } = await streaming();
    const sent = rtvt.sendVoice(streamId, 0, frame());
    wire.cut();
    expect(await brings(sent)).toBe(20002);
    expect(await brings(rtvt.sendVoice(streamId, 1, frame()))).toBe(20002);
  });

  it('cut sound of any length into frames, the last filled up at the end', async () => {
    const { rtvt, streamId, service, brings } = await streaming();
    const sound = new Uint8Array(2000).map((_, index) => index % 251);
    for (let at = 0; at < 2000; at += 333) rtvt.sendVoiceVariable(streamId, sound.subarray(at, Math.min(2000, at + 333)));
    expect(await brings(rtvt.closeStream(streamId))).toBe(0);
    const frames = service.connections[0]?.quests.filter(({ method }) => method === 'voiceData') ?? [];
    expect(frames.map(({ values }) => values['seq'])).toEqual([0, 1, 2, 3]);
    const sent = frames.flatMap(({ values }) => [...(values['data'] as Uint8Array)]);
    expect(sent).toEqual([...sound, ...new Uint8Array(560)]);
    expect(await brings(rtvt.closeStream(streamId))).toBe(800200);
  });
});

describe('destroy', () => {
  it('hangs up, completes everything, and leaves nothing running', async () => {
    const { rtvt, streamId, events, brings } = await streaming();
    let completed = 0;
    rtvt.recognizedResult$.subscribe({ complete: () => completed++ });
    const sent = rtvt.sendVoice(streamId, 0, frame());
    rtvt.destroy();
    rtvt.destroy();
    expect(await brings(sent)).toBe(20002);
    expect(events.at(-1)).toMatchObject({ name: 'closed$', causedByError: false });
    expect(completed).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
    await expect(rtvt.login(TOKEN, 1)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
