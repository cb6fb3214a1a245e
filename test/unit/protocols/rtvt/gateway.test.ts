import { firstValueFrom, of, Subject, timeout } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { signLogin } from '../../../../demo/server/rtvt/login.ts';
import { RtvtClient } from '../../../../src/protocols/rtvt/client.ts';
import type { RtvtOptions } from '../../../../src/protocols/rtvt/options.ts';
import { rtvt } from '../../../../src/protocols/rtvt/rtvt.ts';
import type { InterpreterDownlink, InterpreterUplink, StreamSettings } from '../../../../src/shared/interpretation.ts';
import { samples } from '../../../../src/shared/time.ts';
import type { Served } from '../../../gateway/client.ts';
import { PID, SECRET, serveRtvt } from '../../../gateway/rtvt-wire.ts';
import { silence, speech } from '../../../support/fake-engines.ts';

/** The client and this project's gateway over real sockets, with engines that hear tones. */

const login = () => signLogin({ pid: PID, secret: Buffer.from(SECRET, 'base64') }, Math.floor(Date.now() / 1000));
const sound = Int16Array.from([...silence(100), ...speech(0, 1500), ...silence(1000)]);

// Real sockets; a machine that is busy takes its time.
vi.setConfig({ testTimeout: 60_000 });

let served: Served;
beforeAll(async () => {
  served = await serveRtvt({ script: ['good morning to all of you'] });
});
afterAll(() => served.close());

/** Says it at once, hangs up behind it, and returns what was told. */
function said(settings: StreamSettings, options: Partial<RtvtOptions> = {}): Promise<InterpreterDownlink[]> {
  const up$ = new Subject<InterpreterUplink>();
  const told: InterpreterDownlink[] = [];
  return new Promise((resolve, reject) => {
    up$
      .pipe(rtvt({ url: served.url, token: () => of(login()), pid: PID, WebSocket, ...options }))
      .subscribe({ next: (event) => told.push(event), error: reject, complete: () => resolve(told) });
    up$.next({ type: 'open', stream: 'a', settings });
    for (let at = 0; at + 320 <= sound.length; at += 320)
      up$.next({ type: 'audio', stream: 'a', pcm: sound.slice(at, at + 320), at: samples(48_000 + at) });
    up$.complete();
  });
}

describe.each(['fpnn', 'gate'] as const)('against the gateway (%s)', (dialect) => {
  it('a sentence comes in both languages and as sound, where it was said', async () => {
    const told = await said({ from: 'en', to: 'es', speak: true }, { dialect });
    const finals = told.filter((event) => event.type === 'sentence').filter(({ final }) => final);
    expect(finals).toMatchObject([
      { side: 'original', language: 'en', text: 'good morning to all of you' },
      { side: 'translation', language: 'es', text: 'es(good morning to all of you)' },
    ]);
    expect(new Set(finals.map(({ task }) => task)).size).toBe(1);
    for (const { startMs, endMs } of finals) {
      expect(Math.abs(startMs - 100)).toBeLessThan(100);
      expect(Math.abs((endMs ?? 0) - 1600)).toBeLessThan(100);
    }
    const spoken = told.find((event) => event.type === 'speech');
    expect(spoken).toMatchObject({ language: 'es', text: 'es(good morning to all of you)', task: finals[0]?.task });
    expect(spoken?.audio.length).toBeGreaterThan(1000);
    expect(told.filter(({ type }) => type === 'complaint' || type === 'noted' || type === 'dropped')).toEqual([]);
    expect(told.at(-1)).toEqual({ type: 'closed', stream: 'a' });
  });

  it('a pair that does not exist is refused, with those that do', async () => {
    const told = await said({ from: 'en', to: 'zh' }, { dialect });
    const refused = told.find((event) => event.type === 'refused');
    expect(refused?.error).toMatchObject({ code: 'unsupported', rtvtCode: 800105 });
    expect(refused?.error.message).toContain('es');
  });

  it('a token of somebody else ends it', async () => {
    const forged = { token: () => of({ token: 'forged', ts: Math.floor(Date.now() / 1000) }), dialect };
    await expect(said({ from: 'en', to: 'es' }, forged)).rejects.toMatchObject({ code: 'token-refused' });
  });
});

describe('RtvtClient against the gateway', () => {
  it('does what the SDK’s readme shows', async () => {
    const client = new RtvtClient(served.url, PID, { WebSocket, uid: 'ann' });
    const { token, ts } = login();
    expect(await client.login('forged', ts)).toEqual({ successed: false, errorCode: 800102 });
    expect(await client.login(token, ts)).toEqual({ successed: true, errorCode: 0 });
    const { streamId, errorCode } = await client.createStream('en', 'es', { srcAltLanguages: ['es'], temp: false });
    expect(errorCode).toBe(0);
    expect(BigInt(streamId)).toBeGreaterThan(2n ** 53n);
    const results = Promise.all([
      firstValueFrom(client.recognizedResult$.pipe(timeout(50_000))),
      firstValueFrom(client.translatedResult$.pipe(timeout(50_000))),
    ]);
    expect(await client.sendVoice(streamId, 0, sound.slice(0, 320))).toBe(0);
    for (let at = 320, seq = 1; at + 320 <= sound.length; at += 320, seq++)
      client.sendVoiceAsync(streamId, seq, sound.slice(at, at + 320));
    expect(await results).toMatchObject([
      { pid: PID, streamId, lang: 'en', asr: 'good morning to all of you' },
      { pid: PID, streamId, lang: 'es', trans: 'es(good morning to all of you)' },
    ]);
    expect(await client.closeStream(streamId)).toBe(0);
    expect(await client.closeStream(streamId)).toBe(800200);
    client.destroy();
  });
});
