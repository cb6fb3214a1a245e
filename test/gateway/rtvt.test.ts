import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silence, speech } from '../support/fake-engines.ts';
import { BEGIN_TS, login, PID, serveRtvt, START, tcpPeer, webPeer } from './rtvt-wire.ts';
import type { Peer } from './rtvt-wire.ts';
import type { Served } from './client.ts';

/** A sentence from the first frame to its spoken translation, over both transports. */

let served: Served;
beforeAll(async () => {
  served = await serveRtvt({ script: ['good morning to all of you', 'buenos dias a todos'], spokenIn: ['en', 'es'] });
});
afterAll(() => served.close());

const joined = (...parts: Int16Array[]): Int16Array => Int16Array.from(parts.flatMap((part) => [...part]));

const transports: readonly (readonly [string, () => Promise<Peer>])[] = [
  ['WebSocket', () => webPeer(served.url)],
  ['raw TCP', () => tcpPeer(served.gateway.tcpPort ?? 0)],
];

describe.each(transports)('over %s', (_, peerOf) => {
  it('a sentence comes as interims, a final and their translations, on the clock of its frames', async () => {
    const peer = await peerOf();
    const stream = await peer.open({ ...START, ttsResult: true });
    expect(stream).toBeGreaterThan(2n ** 53n);
    await peer.speak(stream, joined(silence(400), speech(0, 1000)));
    await peer.wait((push) => push.method === 'translatedTempResult');
    await peer.speak(stream, joined(speech(0, 600), silence(1000)));
    const spoken = await peer.wait((push) => push.method === 'ttsResult');

    const of = (method: string) => peer.pushes.filter((push) => push.method === method);
    expect(of('recognizedTempResult').length).toBeGreaterThan(0);
    expect(of('translatedTempResult').length).toBeGreaterThan(0);
    const [recognized] = of('recognizedResult');
    expect(recognized).toMatchObject({ pid: PID, streamId: stream, lang: 'en', taskId: 1n, text: 'good morning to all of you' });
    const [translated] = of('translatedResult');
    expect(translated).toMatchObject({ lang: 'es', taskId: 1n, text: 'es(good morning to all of you)' });
    for (const push of peer.pushes) expect(push.taskId).toBe(1n);
    if (recognized?.method !== 'recognizedResult') throw new Error('no final');
    // Speech began 400 ms after the first frame and lasted 1600 ms; windows are 32 ms.
    expect(Math.abs(recognized.startTs - (BEGIN_TS + 400))).toBeLessThanOrEqual(32);
    expect(Math.abs(recognized.endTs - (BEGIN_TS + 2000))).toBeLessThanOrEqual(64);
    // Its own numbers, from 1, without a gap.
    expect(peer.pushes.map(({ seq }) => seq)).toEqual(peer.pushes.map((__, index) => index + 1));
    if (spoken.method !== 'ttsResult') throw new Error('no speech');
    expect(spoken).toMatchObject({ lang: 'es', text: 'es(good morning to all of you)' });
    const kind = Buffer.from(spoken.data.subarray(0, 3)).toString('latin1');
    expect(['RIF', 'ID3'].includes(kind) || spoken.data[0] === 0xff).toBe(true);
    peer.close();
  });

  it('what is being said when the stream ends is told still', async () => {
    const peer = await peerOf();
    const stream = await peer.open();
    await peer.speak(stream, joined(silence(200), speech(0, 1000)));
    expect((await peer.ask('voiceEnd', { streamId: stream })).status).toBe(0);
    expect(await peer.wait((push) => push.method === 'translatedResult')).toMatchObject({
      text: 'es(good morning to all of you)',
    });
    expect(await peer.ask('voiceEnd', { streamId: stream })).toMatchObject({ status: 1, body: { code: 800200 } });
    peer.close();
  });
});

describe('languages', () => {
  it('are told without a login, with pairs, voices and quality, also over HTTP', async () => {
    const languages = {
      srcLanguage: ['en', 'es'],
      destLanguage: ['es', 'en'],
      pairs: { en: ['es'], es: ['en'] },
      tts: ['en', 'es'],
      quality: 'rough',
    };
    const peer = await webPeer(served.url);
    expect((await peer.ask('getAvailableLanguage')).body).toEqual(languages);
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${served.url}/service/getAvailableLanguage`, {
        method,
        headers: { origin: 'https://any.test' },
      });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(await response.json()).toEqual(languages);
    }
    peer.close();
  });

  it.each<[Record<string, unknown>, number, RegExp]>([
    [{ srcLanguage: 'xx' }, 800105, /srcLanguage: 'xx' is not heard here; languages that are: en, es/],
    [{ destLanguage: 'fr' }, 800105, /destLanguage: 'en' is not translated into 'fr' here; pairs that are: en>es, es>en/],
    [{ destLanguage: 'en' }, 800105, /pairs that are/],
    [{ srcAltLanguage: ['es', 'zh'] }, 800105, /srcAltLanguage: 'zh' is not heard/],
    [{ srcAltLanguage: ['es', 'fr', 'de', 'it'] }, 800106, /at most 3/],
    [{ codec: 1 }, 800003, /codec/],
    [{ vadSlienceTime: 5 }, 800003, /vadSlienceTime/],
    [{ ttsResult: true, ttsSpeaker: 'nobody' }, 800003, /ttsSpeaker.*marin/],
    [{ srcLanguage: undefined }, 10009, /srcLanguage/],
    [{ asrResult: 'yes' }, 10010, /asrResult/],
  ])('%j is refused with %i', async (wish, code, words) => {
    const peer = await webPeer(served.url);
    await peer.ask('login', login());
    const { status, body } = await peer.ask('voiceStart', { ...START, ...(wish as typeof START) });
    expect({ status, code: body['code'] }).toEqual({ status: 1, code });
    expect(body['ex']).toMatch(words);
    peer.close();
  });

  it('of several, the one that was spoken is told, and what is said in the target language stays as it is', async () => {
    const peer = await webPeer(served.url);
    const stream = await peer.open({ ...START, srcAltLanguage: ['es-ES'] });
    await peer.speak(stream, joined(silence(200), speech(1, 1200), silence(700), speech(0, 1200), silence(700)));
    await peer.wait((push) => push.method === 'translatedResult' && push.taskId === 2n);
    const finals = peer.pushes.flatMap((push) =>
      push.method !== 'ttsResult' && push.final ? [[push.side, push.lang, push.text]] : [],
    );
    expect(finals).toEqual([
      ['original', 'es-ES', 'buenos dias a todos'],
      ['translation', 'es', 'buenos dias a todos'],
      ['original', 'en', 'good morning to all of you'],
      ['translation', 'es', 'es(good morning to all of you)'],
    ]);
    peer.close();
  });

  it('the targets of a stream without one come with its frames', async () => {
    const peer = await webPeer(served.url);
    const streamId = await peer.open({ ...START, destLanguage: '' });
    const data = new Uint8Array(640);
    const refused = await peer.ask('voiceData', { streamId, seq: 0, data, ts: BEGIN_TS, destLangs: ['es', 'fr'] });
    expect(refused.body).toMatchObject({ code: 800105 });
    await peer.ask('voiceData', { streamId, seq: 0, data, ts: BEGIN_TS, destLangs: ['es'] });
    await peer.speak(streamId, joined(silence(220), speech(0, 1000), silence(700)));
    expect(await peer.wait((push) => push.method === 'translatedResult')).toMatchObject({ lang: 'es' });
    peer.close();
  });
});

it('nothing that was not asked for is told', async () => {
  const peer = await webPeer(served.url);
  const stream = await peer.open({ ...START, asrTempResult: false, transResult: false });
  await peer.speak(stream, joined(silence(200), speech(0, 1200), silence(700)));
  await peer.ask('voiceEnd', { streamId: stream });
  await peer.wait((push) => push.method === 'recognizedResult');
  expect(peer.pushes.map(({ method }) => method)).toEqual(['recognizedResult']);
  peer.close();
});

it('pushes that nobody answers are tolerated', async () => {
  const peer = await webPeer(served.url);
  peer.answersPushes = false;
  const stream = await peer.open();
  await peer.speak(stream, joined(silence(200), speech(0, 1200), silence(700), speech(0, 1200), silence(700)));
  await peer.wait((push) => push.method === 'translatedResult' && push.taskId === 2n);
  expect((await peer.ask('*ping')).body['ts']).toBeTypeOf('bigint');
  peer.close();
});

describe('engines that fail', () => {
  it('cost a final nothing but time', async () => {
    const peer = await webPeer(served.url);
    const stream = await peer.open({ ...START, asrTempResult: false });
    served.engines.fail.set('hear', 'failed').set('translate', 'busy');
    await peer.speak(stream, joined(silence(200), speech(0, 1200), silence(700)));
    expect(await peer.wait((push) => push.method === 'translatedResult')).toMatchObject({
      text: 'es(good morning to all of you)',
    });
    peer.close();
  });

  it('that are not there are said to be missing', async () => {
    const mute = await serveRtvt({ pairs: [], languages: ['en'] });
    const peer = await webPeer(mute.url);
    expect((await peer.ask('getAvailableLanguage')).body).toMatchObject({
      srcLanguage: ['en'],
      destLanguage: [],
      pairs: { en: [] },
    });
    await peer.ask('login', login());
    const { body } = await peer.ask('voiceStart', START);
    expect(body).toMatchObject({ code: 800105, ex: expect.stringContaining('nothing is translated here') as string });
    expect((await peer.ask('voiceStart', { ...START, transResult: false, destLanguage: '' })).status).toBe(0);
    peer.close();
    await mute.close();
  });
});
