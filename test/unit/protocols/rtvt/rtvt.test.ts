import { EMPTY, of, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rtvt } from '../../../../src/protocols/rtvt/rtvt.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import { samples } from '../../../../src/shared/time.ts';
import { fromHex, vector } from '../../../support/rtvt-vectors.ts';
import { talk, type Talk } from './talk.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const opened = (...args: Parameters<typeof talk>): Talk => {
  const page = talk(...args);
  page.open('a');
  page.wait(200);
  return page;
};

describe('a session', () => {
  it('connects, logs in, starts a stream, sends its sound and ends it', () => {
    const page = opened();
    expect(page.urls).toEqual(['ws://service.test:14002/service/websocket']);
    expect(page.told.map(({ type }) => type).sort()).toEqual(['opened', 'ready']);
    page.say(1, 1000, 'a');
    page.say(0, 400, 'a');
    page.close('a');
    page.wait(6000);
    const methods = page.connection.quests.map(({ method }) => method);
    expect(methods.filter((method, index) => method !== methods[index - 1])).toEqual([
      'login',
      'voiceStart',
      'getAvailableLanguage',
      'voiceData',
      'voiceEnd',
      '*ping',
    ]);
    expect(page.finals()).toEqual(['1:50']);
    expect(page.finals('translation')).toEqual(['t1:50']);
    expect(page.told.at(-1)).toEqual({ type: 'closed', stream: 'a' });
    page.complete();
    expect(page.completed).toBe(true);
  });

  it('waits for each answer before what stands on it', () => {
    const page = talk({}, {});
    page.wire.delayMs = 100;
    page.open('a');
    page.say(1, 700, 'a');
    const [login, ...others] = page.connection.quests;
    expect(login?.method).toBe('login');
    expect(
      others
        .map(({ method }) => method)
        .slice(0, 2)
        .sort(),
    ).toEqual(['getAvailableLanguage', 'voiceStart']);
    expect(others.findIndex(({ method }) => method === 'voiceData')).toBe(2);
    page.wait(500);
    expect(page.connection.quests.filter(({ method }) => method === 'voiceData')).toHaveLength(35);
  });

  it('says what is wanted in the words of the protocol', () => {
    const page = talk();
    page.open('a', {
      from: 'zh',
      to: 'en',
      alternatives: ['ja', 'es'],
      interim: false,
      speak: true,
      voice: 'ash',
      silenceMs: 400,
      userId: 'u',
      attributes: '{}',
      codec: 0,
    });
    page.open('b', { from: 'en', to: null, transcribe: true });
    page.wait(200);
    expect(page.connection.quests.filter(({ method }) => method === 'voiceStart').map(({ values }) => values)).toEqual([
      {
        asrResult: true,
        asrTempResult: false,
        transResult: true,
        srcLanguage: 'zh',
        destLanguage: 'en',
        srcAltLanguage: ['ja', 'es'],
        ttsResult: true,
        ttsSpeaker: 'ash',
        userId: 'u',
        codec: 0,
        attrs: '{}',
        vadSlienceTime: 400,
      },
      { asrResult: true, asrTempResult: true, transResult: false, srcLanguage: 'en', destLanguage: '' },
    ]);
  });

  it('tells the languages that the service told, and none where it does not', () => {
    expect(opened().tells('ready')).toEqual([
      { type: 'ready', languages: { heard: ['en', 'es'], into: { en: ['es'] }, spoken: ['es'], quality: 'rough' } },
    ]);
    expect(opened({ languages: null }).tells('ready')).toEqual([{ type: 'ready', languages: null }]);
    expect(opened({ languages: { srcLanguage: ['zh'] } }).tells('ready')).toEqual([
      { type: 'ready', languages: { heard: ['zh'], into: null, spoken: [], quality: null } },
    ]);
    expect(opened({ languages: { srcLanguage: 3 } }).tells('ready')).toEqual([{ type: 'ready', languages: null }]);
  });

  it('carries many streams on one connection, each with its own results and clock', () => {
    const page = talk();
    for (const name of ['a', 'b', 'c']) page.open(name);
    page.wait(100);
    page.say(1, 400, 'a');
    page.say(2, 400, 'a', 'b');
    page.say(0, 400, 'a', 'b', 'c');
    page.wait(100);
    expect(page.urls).toHaveLength(1);
    const finals = page.tells('sentence').filter(({ final, side }) => final && side === 'original');
    expect(finals.map(({ stream, text, startMs, endMs }) => ({ stream, text, startMs, endMs }))).toEqual([
      { stream: 'a', text: '1:20', startMs: 0, endMs: 400 },
      { stream: 'a', text: '2:20', startMs: 400, endMs: 800 },
      { stream: 'b', text: '2:20', startMs: 0, endMs: 400 },
    ]);
  });

  it('sends integers as integers, with times that go by the sound', () => {
    const page = opened();
    page.say(1, 60, 'a');
    page.wait(100);
    const frames = page.connection.quests.filter(({ method }) => method === 'voiceData').map(({ values }) => values);
    expect(frames.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    const [first = 0n, ...others] = frames.map(({ ts }) => ts as bigint);
    expect(others.map((ts) => ts - first)).toEqual([20n, 40n]);
    expect(Math.abs(Number(first) - Date.now())).toBeLessThan(1000);
    expect(frames[0]?.['streamId']).toBe(page.connection.ids[0]);
  });

  it('needs no connection for what is over already', () => {
    const page = talk();
    page.complete();
    expect(page.completed).toBe(true);
    let completed = false;
    EMPTY.pipe(rtvt({ url: 'ws://h', pid: 1, token: () => throwError(() => new Error('never asked')) })).subscribe({
      complete: () => (completed = true),
    });
    expect(completed).toBe(true);
  });

  it('ends streams that heard nothing at once, and those that are asked for twice are told of', () => {
    const page = opened();
    page.close('a');
    page.wait(4000);
    expect(page.tells('closed')).toHaveLength(1);
    page.open('b');
    page.open('b');
    page.up({ type: 'audio', stream: 'nobody', pcm: new Int16Array(320), at: samples(0) });
    page.close('nobody');
    expect(page.tells('complaint').map(({ error }) => error.field)).toEqual(['stream']);
    expect(page.tells('noted')).toEqual([
      { type: 'noted', what: 'audio without a stream', count: 1 },
      { type: 'noted', what: 'close without a stream', count: 1 },
    ]);
  });

  it('drains before the end: what was being said gets its final', () => {
    const page = opened({ silentFrames: 40 });
    page.say(1, 500, 'a');
    page.complete();
    expect(page.finals()).toEqual([]);
    page.wait(6000);
    expect(page.finals()).toEqual(['1:25']);
    expect(page.completed).toBe(true);
    // Ended only when nothing was open any more.
    const { quests } = page.connection;
    expect(quests.findLastIndex(({ method }) => method === 'voiceData')).toBeLessThan(
      quests.findIndex(({ method }) => method === 'voiceEnd'),
    );
  });

  it('does not wait for ever for a final that does not come', () => {
    const page = opened({ silentFrames: 1e9 });
    page.say(1, 500, 'a');
    page.complete();
    page.wait(9_000);
    expect(page.finals()).toEqual(['1:25']);
    expect(page.completed).toBe(true);
  });

  it('hangs up when nobody listens any more', () => {
    const page = opened();
    page.subscription.unsubscribe();
    page.wait(60_000);
    expect(page.urls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['from', { from: '' }],
    ['to', { to: '' }],
    ['alternatives', { alternatives: ['a', 'b', 'c', 'd'] }],
    ['silenceMs', { silenceMs: 3000 }],
    ['silenceMs', { silenceMs: 10 }],
    ['silenceMs', { silenceMs: NaN }],
  ])('refuses a bad %s before anything goes up', (field, settings) => {
    const page = talk();
    page.open('a', settings);
    expect(page.told).toMatchObject([{ type: 'refused', stream: 'a', error: { code: 'bad-option', field } }]);
    page.wait(200);
    expect(page.service.starts).toBe(0);
  });

  it('refuses a frame of another size and lives', () => {
    const page = opened();
    page.up({ type: 'audio', stream: 'a', pcm: new Int16Array(160), at: samples(0) });
    expect(page.tells('complaint')).toMatchObject([{ error: { code: 'bad-option', field: 'pcm' } }]);
    page.say(1, 100, 'a');
    expect(page.connection.quests.filter(({ method }) => method === 'voiceData').length).toBeGreaterThan(0);
  });
});

describe('login', () => {
  it('asks for a fresh token each time and says why', () => {
    const page = opened();
    page.cut();
    page.wait(2000);
    expect(page.reasons).toEqual(['connect', 'reconnect']);
    const tokens = page.service.connections.map(({ quests }) => quests[0]?.values['token']);
    expect(tokens).toEqual(['token 1', 'token 2']);
  });

  it.each([false, 800101, 800102, 800103] as const)('tries once with a fresh token when it is refused (%s)', (refusal) => {
    const page = opened({ login: (_, count) => (count === 1 ? refusal : null) });
    expect(page.reasons).toEqual(['connect', 'refused']);
    expect(page.error).toBeNull();
    expect(page.tells('opened')).toHaveLength(1);
  });

  it.each([
    [false, 'token'],
    [800101, 'ts'],
    [800102, 'token'],
    [800103, 'pid'],
  ] as const)('gives up when that is refused too (%s)', (refusal, field) => {
    const page = opened({ login: () => refusal });
    expect(page.error).toMatchObject({ code: 'token-refused', field, retryable: false });
    expect(page.reasons).toEqual(['connect', 'refused']);
    page.wait(60_000);
    expect(page.urls).toHaveLength(2);
  });

  it('tries again later when the service only cannot now', () => {
    const page = opened({ login: (_, count) => (count < 3 ? 20011 : null) });
    page.wait(3000);
    expect(page.tells('reconnecting').map(({ error }) => error.code)).toEqual(['server-busy', 'server-busy']);
    expect(page.tells('ready')).toHaveLength(1);
  });

  it('passes on what the token’s source says', () => {
    const refused = talk({}, { token: () => throwError(() => new AssistantError('origin-refused', 'not from here')) });
    expect(refused.error).toMatchObject({ code: 'origin-refused' });
    const none = talk({}, { token: () => EMPTY });
    expect(none.error).toMatchObject({ code: 'token-refused' });
    let asked = 0;
    const later = talk(
      {},
      {
        token: () =>
          ++asked === 1 ? throwError(() => new AssistantError('offline', 'no network')) : of({ token: 't', ts: 1_713_354_552 }),
      },
    );
    later.wait(2000);
    expect(later.tells('reconnecting')).toHaveLength(1);
    expect(later.tells('ready')).toHaveLength(1);
  });

  it('never tells the token', () => {
    const page = opened({ login: () => 10009 });
    page.wait(10_000);
    expect(page.error?.code).toBe('bad-message');
    expect(JSON.stringify([page.told, page.error?.message])).not.toContain('token 1');
  });

  it('sends the user’s id as the type it is', () => {
    for (const [uid, sent] of [
      [undefined, undefined],
      ['ann', 'ann'],
      [123456, 123456],
      [2 ** 40, BigInt(2 ** 40)],
    ] as const) {
      const page = opened({}, { uid });
      expect(page.connection.quests[0]?.values['uid']).toBe(sent);
    }
  });

  it('says which option cannot be meant', () => {
    expect(() => rtvt({ url: 'nonsense', pid: 1, token: () => EMPTY })).toThrow(
      expect.objectContaining({ code: 'bad-option', field: 'url' }),
    );
    expect(() => rtvt({ url: 'ftp://h', pid: 1, token: () => EMPTY })).toThrow(
      expect.objectContaining({ code: 'bad-option', field: 'url' }),
    );
  });
});

describe('refusals of a stream', () => {
  it.each([
    [800105, 'unsupported', 'language'],
    [800106, 'bad-option', 'alternatives'],
    [800107, 'server-busy', null],
    [800003, 'bad-option', null],
  ] as const)('%s is told by its code, with the service’s words; the others live', (code, name, field) => {
    const page = talk({ start: (_, count) => (count === 1 ? code : null) });
    page.open('a');
    page.wait(100);
    page.open('b');
    page.wait(2000);
    const [refused] = page.tells('refused');
    expect(refused).toMatchObject({ stream: 'a', error: { code: name, field, rtvtCode: code } });
    expect(refused?.error.message).toContain('en→es, es→en');
    expect(page.tells('opened')).toEqual([{ type: 'opened', stream: 'b' }]);
    // Its name is free again.
    page.open('a');
    page.wait(200);
    expect(page.tells('opened')).toHaveLength(2);
  });

  it('has patience with a service that has not noticed yet that the stream’s first life is over', () => {
    const page = opened({ start: (_, count) => (count === 2 || count === 3 ? 800107 : null) });
    page.cut();
    page.wait(5000);
    expect(page.tells('refused')).toEqual([]);
    expect(page.tells('opened')).toHaveLength(2);
  });

  it('an expired stream is begun anew, with what it did not take', () => {
    const page = opened();
    page.say(1, 600, 'a');
    page.say(0, 400, 'a');
    page.wait(100);
    page.connection.sessions.clear();
    page.say(2, 600, 'a');
    page.say(0, 400, 'a');
    page.wait(500);
    expect(page.finals()).toEqual(['1:30', '2:30']);
    expect(page.tells('opened')).toHaveLength(2);
    expect(page.urls).toHaveLength(1);
    const tasks = page.tells('sentence').map(({ task, text }) => `${task} ${text.replace(/^t|:.*/g, '')}`);
    expect(new Set(tasks)).toEqual(new Set(['1.0 1', '2.0 2']));
  });

  it('a service that expires it again and again is not asked for ever', () => {
    const page = opened();
    for (let round = 0; round < 600; round++) {
      page.connection.sessions.clear();
      page.say(1, 40, 'a');
    }
    expect(page.tells('refused')).toMatchObject([{ error: { code: 'session-expired' } }]);
    expect(page.service.starts).toBeLessThan(10);
  });
});

describe('answers and pushes', () => {
  it('come in any order', () => {
    let turn = 0;
    const page = opened({ shuffle: (messages) => (++turn % 2 ? messages : [...messages].reverse()) });
    for (const name of [1, 2, 3]) {
      page.say(name, 300, 'a');
      page.say(0, 240, 'a');
    }
    page.wait(200);
    expect(page.finals()).toEqual(['1:15', '2:15', '3:15']);
    expect(page.tells('complaint')).toEqual([]);
  });

  it('a push is answered with an empty map before it is told', () => {
    const page = opened();
    const [streamId = 0n] = page.connection.ids;
    const seq = page.connection.push({ streamId, text: 'hello', startTs: Date.now() });
    page.wait(10);
    expect(page.tells('sentence')).toHaveLength(1);
    page.wait(10);
    expect(page.connection.answered).toEqual([{ seq, status: 0 }]);
  });

  it('what is not known is answered 20004 and counted; a ping of the service is answered', () => {
    const page = opened();
    page.connection.ask('surprise', { a: 1 });
    page.connection.ask('surprise', {});
    page.connection.ask('ping', {});
    page.wait(100);
    expect(page.tells('noted')).toEqual([
      { type: 'noted', what: 'push surprise', count: 1 },
      { type: 'noted', what: 'push surprise', count: 2 },
    ]);
    expect(page.connection.answered.map(({ status }) => status)).toEqual([1, 1, 0]);
  });

  it('names that are ever new fill no memory', () => {
    const page = opened();
    for (let index = 0; index < 100; index++) page.connection.ask(`surprise ${index}`, {});
    page.wait(100);
    expect(new Set(page.tells('noted').map(({ what }) => what)).size).toBe(33);
  });

  it('what cannot be read is told, and the connection lives', () => {
    const page = opened();
    page.connection.raw(new Uint8Array([1, 2, 3]));
    page.connection.ask('recognizedResult', { streamId: 1, startTs: 'soon', endTs: 0, lang: 'en', asr: '' });
    page.wait(100);
    expect(page.tells('complaint').map(({ error }) => [error.code, error.field])).toEqual([
      ['bad-message', 'magic'],
      ['bad-message', 'startTs'],
    ]);
    // Answered nevertheless: the service could not mend it.
    expect(page.connection.answered).toHaveLength(1);
    page.say(1, 300, 'a');
    page.say(0, 300, 'a');
    expect(page.finals()).toEqual(['1:15']);
    expect(page.urls).toHaveLength(1);
  });

  it('a peer that sends nothing but rubbish is left', () => {
    const page = opened();
    for (let index = 0; index < 11; index++) page.connection.raw(new Uint8Array([index]));
    page.wait(1000);
    expect(page.urls).toHaveLength(2);
  });

  it('results of recorded pushes are told as they are', () => {
    const page = opened();
    const [streamId = 0n] = page.connection.ids;
    expect(streamId).toBe(4046519136031866897n);
    const start = 1713354552804;
    vi.setSystemTime(start);
    page.frame(1, 'a');
    for (const id of ['recognizedTempResult', 'translatedTempResult', 'recognizedResult', 'translatedResult', 'ttsResult'])
      page.connection.raw(vector(`push.${id}.quest`).bytes);
    page.wait(50);
    expect(page.tells('sentence')).toEqual(
      [
        { side: 'original', language: 'zh', text: '今天晚上', final: false, endMs: null },
        { side: 'translation', language: 'en', text: 'Tonight', final: false, endMs: null },
        { side: 'original', language: 'zh', text: '我想作为大家的朋友，', final: true, endMs: 2000 },
        { side: 'translation', language: 'en', text: "I want to be everyone's friend,", final: true, endMs: 2000 },
      ].map((sentence) => ({ type: 'sentence', stream: 'a', task: '1.u0', startMs: 0, ...sentence })),
    );
    expect(page.tells('speech')).toEqual([
      {
        type: 'speech',
        stream: 'a',
        task: '1.u0',
        language: 'en',
        text: "I want to be everyone's friend,",
        audio: fromHex('fffb9064'),
      },
    ]);
  });
});

describe('a slow wire', () => {
  it('tells the round trip, at most once a second', () => {
    const page = talk();
    page.wire.delayMs = 60;
    page.open('a');
    page.say(1, 3000, 'a');
    const trips = page.tells('round-trip');
    expect(trips.length).toBeGreaterThanOrEqual(2);
    expect(trips.length).toBeLessThanOrEqual(3);
    for (const { ms } of trips) expect(ms).toBeCloseTo(120, 0);
  });

  it('has at most 2 s of sound under way, lets 5 s wait, and counts what is dropped', () => {
    const page = opened();
    const sent = (): number => page.connection.quests.filter(({ method }) => method === 'voiceData').length;
    page.say(1, 1000, 'a');
    // 100 frames each 4 s: half of what is said.
    page.wire.delayMs = 2000;
    page.say(1, 5000, 'a');
    const before = sent();
    page.say(1, 4000, 'a');
    expect(sent() - before).toBe(100);
    expect(page.tells('dropped')).toEqual([]);
    page.say(1, 10_000, 'a');
    const { frames = 0 } = page.tells('dropped').at(-1) ?? {};
    expect(frames).toBeGreaterThan(50);
    page.say(1, 4000, 'a');
    expect((page.tells('dropped').at(-1)?.frames ?? 0) - frames).toBeCloseTo(100, -1);
  });

  it('that is stuck rather than slow loses nothing', () => {
    const page = opened();
    page.say(1, 1000, 'a');
    page.wire.stalled = true;
    page.say(1, 9000, 'a');
    page.wire.stalled = false;
    page.say(1, 20_000, 'a');
    page.say(0, 500, 'a');
    expect(page.tells('dropped')).toEqual([]);
    expect(page.finals()).toEqual(['1:1500']);
  });

  it('is given up when frames are acknowledged by nobody, though pings are', () => {
    const page = opened({ acks: false });
    page.say(1, 12_000, 'a');
    expect(page.tells('reconnecting')).toMatchObject([{ error: { code: 'timed-out' } }]);
  });
});

describe('a broken wire', () => {
  it('is mended; nothing is lost and nothing told twice', () => {
    const page = opened();
    page.say(1, 600, 'a');
    page.say(0, 300, 'a');
    page.say(2, 300, 'a');
    page.cut();
    page.say(2, 300, 'a');
    page.say(0, 300, 'a');
    page.say(3, 2000, 'a');
    page.say(0, 300, 'a');
    page.wait(2000);
    expect(page.tells('reconnecting')).toMatchObject([{ inMs: 500, error: { code: 'socket-closed', retryable: true } }]);
    expect(page.finals()).toEqual(['1:30', '2:30', '3:100']);
    expect(page.finals('translation')).toEqual(['t1:30', 't2:30', 't3:100']);
    expect(page.tells('opened')).toHaveLength(2);
    expect(page.tells('dropped')).toEqual([]);
    const starts = page.tells('sentence').filter(({ final, side }) => final && side === 'original');
    expect(starts.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 600],
      [900, 1500],
      [1800, 3800],
    ]);
  });

  it('a sentence that was growing goes on in its own row', () => {
    const page = opened();
    page.say(1, 300, 'a');
    page.cut();
    page.say(1, 1500, 'a');
    page.say(0, 300, 'a');
    page.wait(500);
    expect(new Set(page.tells('sentence').map(({ task }) => task)).size).toBe(1);
    expect(page.finals()).toEqual(['1:90']);
  });

  it('a translation that was missing comes under its sentence, whose words are not told again', () => {
    const page = opened({}, {});
    page.open('b', { to: null });
    page.say(1, 600, 'a');
    const [streamId = 0n] = page.connection.ids;
    const start = page.connection.sessions.get(streamId)?.sentence?.startTs ?? 0;
    page.connection.push({ streamId, text: '1:30', taskId: 0n, startTs: start, endTs: start + 600 });
    page.wait(50);
    page.cut();
    page.say(0, 1500, 'a');
    expect(page.finals()).toEqual(['1:30']);
    expect(page.finals('translation')).toEqual(['t1:30']);
    expect(new Set(page.tells('sentence').map(({ task }) => task)).size).toBe(1);
  });

  it('a translation that was spoken before its sound was sent again is not spoken twice', () => {
    const page = opened();
    page.say(1, 600, 'a');
    const [streamId = 0n] = page.connection.ids;
    const start = page.connection.sessions.get(streamId)?.sentence?.startTs ?? 0;
    const speak = (): void => {
      const [id = 0n] = page.connection.ids;
      page.connection.ask('ttsResult', { streamId: id, text: 't1:30', data: new Uint8Array([1]), lang: 'es' });
      page.wait(50);
    };
    page.connection.push({ streamId, text: 't1:30', taskId: 0n, startTs: start, endTs: start + 600 }, 'translation');
    speak();
    page.cut();
    page.say(0, 1500, 'a');
    expect([page.finals(), page.finals('translation')]).toEqual([['1:30'], ['t1:30']]);
    speak();
    expect(page.tells('speech')).toHaveLength(1);
    page.say(1, 600, 'a');
    page.say(0, 300, 'a');
    speak();
    expect(page.tells('speech')).toHaveLength(2);
  });

  it('silence that was heard is not sent again', () => {
    const page = opened();
    page.say(1, 600, 'a');
    page.say(0, 20_000, 'a');
    page.cut();
    page.wait(2000);
    expect(page.connection.sessions.get(page.connection.ids[0] ?? 0n)?.frames).toBeLessThanOrEqual(402);
  });

  it('keeps the newest 30 s and counts the rest', () => {
    const page = opened();
    page.wire.down = true;
    page.cut();
    page.say(1, 40_000, 'a');
    expect(page.tells('dropped').at(-1)?.frames).toBe(500);
    page.wire.down = false;
    page.say(0, 9_000, 'a');
    expect(page.finals()[0]).toMatch(/^1:1(4|5)\d\d$|^1:1[0-3]\d\d$/);
  });

  it('waits longer each time, with jitter, 0.5 to 8 s', () => {
    let random = 0.5;
    const page = opened({}, { random: () => random });
    page.wire.down = true;
    page.cut();
    page.wait(40_000);
    expect(
      page
        .tells('reconnecting')
        .map(({ inMs }) => inMs)
        .slice(0, 6),
    ).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    random = 0;
    page.wait(10_000);
    expect(page.tells('reconnecting').at(-1)?.inMs).toBe(8000);
    expect(page.tells('reconnecting').every(({ error }) => error.retryable)).toBe(true);
  });

  it('a stalled one is noticed within the silence limit, and a quiet one is pinged', () => {
    const page = opened();
    page.wait(16_000);
    expect(page.connection.quests.filter(({ method }) => method === '*ping').length).toBeGreaterThanOrEqual(2);
    expect(page.tells('reconnecting')).toEqual([]);
    page.wire.stalled = true;
    page.wait(11_000);
    expect(page.tells('reconnecting')).toMatchObject([{ error: { code: 'timed-out' } }]);
    page.wire.stalled = false;
    page.wait(15_000);
    expect(page.tells('opened')).toHaveLength(2);
  });

  it('any close of the peer is a break, whatever its code says', () => {
    for (const code of [1000, 1001, 1002, 1006, 1008]) {
      const page = opened();
      page.cut(code);
      page.wait(1500);
      expect(page.error).toBeNull();
      expect(page.tells('opened')).toHaveLength(2);
    }
  });

  it('streams that are being closed are closed, with what they still had to say', () => {
    const page = opened({ silentFrames: 30 });
    page.say(1, 500, 'a');
    page.close('a');
    page.wait(30);
    page.cut();
    page.wait(10_000);
    expect(page.finals()).toEqual(['1:25']);
    expect(page.tells('closed')).toHaveLength(1);
  });

  it('an end whose answer was lost on its way is told anew', () => {
    const page = opened();
    page.say(1, 500, 'a');
    page.close('a');
    const ends = () => page.connection.quests.filter(({ method }) => method === 'voiceEnd').length;
    for (let waitedMs = 0; ends() === 0 && waitedMs < 10_000; waitedMs += 1) page.wait(1);
    page.cut();
    page.wait(10_000);
    expect([page.service.connections.length, ends(), page.tells('closed').length]).toEqual([2, 1, 1]);
    expect(page.finals()).toEqual(['1:25']);
  });

  it('a close that nobody can hear is an end nevertheless', () => {
    const page = opened();
    page.say(1, 500, 'a');
    page.wire.down = true;
    page.cut();
    page.complete();
    page.wait(31_000);
    expect(page.completed).toBe(true);
  });
});
