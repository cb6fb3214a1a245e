import { of, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RtvtOptions, RtvtTokenReason } from '../../../../src/protocols/rtvt/options.ts';
import { rtvt } from '../../../../src/protocols/rtvt/rtvt.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink, StreamSettings } from '../../../../src/shared/interpretation.ts';
import { samples } from '../../../../src/shared/time.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** One connection as the service sees it. */
class Peer {
  binaryType = '';
  bufferedAmount = 0;
  protocol = '';
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly url: URL;
  readonly frames: Uint8Array[] = [];
  readonly texts: string[] = [];
  closed = false;

  constructor(url: string) {
    this.url = new URL(url);
  }

  send(data: string | ArrayBufferLike | ArrayBufferView): void {
    if (typeof data === 'string') this.texts.push(data);
    else this.frames.push((data as Uint8Array).slice());
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.({} as never);
  }

  tell(method: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.raw(JSON.stringify({ method, streamId: '9', lang: 'zh', ...fields }));
  }

  raw(data: unknown): void {
    this.onmessage?.({ data } as never);
  }

  end(code = 1006): void {
    if (this.closed) return;
    this.closed = true;
    this.onclose?.({ code, reason: '' } as never);
  }
}

function talk(options: Partial<RtvtOptions> = {}) {
  const peers: Peer[] = [];
  const told: InterpreterDownlink[] = [];
  const reasons: RtvtTokenReason[] = [];
  const up$ = new Subject<InterpreterUplink>();
  const state = { error: null as AssistantError | null, completed: false };
  const subscription = up$
    .pipe(
      rtvt({
        url: 'wss://service.test',
        pid: 81700001,
        dialect: 'gate',
        token: (reason) => {
          reasons.push(reason);
          return of({ token: 'a+b/c=', ts: 1_713_354_552 });
        },
        now: Date.now,
        random: () => 0.5,
        WebSocket: class extends Peer {
          constructor(url: string) {
            super(url);
            peers.push(this);
          }
        },
        ...options,
      }),
    )
    .subscribe({
      next: (event) => told.push(event),
      error: (error: unknown) => (state.error = error as AssistantError),
      complete: () => (state.completed = true),
    });
  let at = 0;
  const tells = <T extends InterpreterDownlink['type']>(type: T) =>
    told.filter((event): event is Extract<InterpreterDownlink, { type: T }> => event.type === type);
  return {
    peers,
    told,
    tells,
    reasons,
    state,
    subscription,
    peer: (): Peer => {
      const newest = peers.at(-1);
      if (!newest) throw new Error('not connected');
      return newest;
    },
    up: (uplink: InterpreterUplink) => up$.next(uplink),
    open: (stream: string, settings: Partial<StreamSettings> = {}) =>
      up$.next({ type: 'open', stream, settings: { from: 'zh', to: 'en', ...settings } }),
    say: (ms: number, stream = 'a', sound = 1) => {
      for (let left = ms; left > 0; left -= 20) {
        up$.next({ type: 'audio', stream, pcm: new Int16Array(320).fill(sound), at: samples(at) });
        at += 320;
        vi.advanceTimersByTime(20);
      }
    },
    complete: () => up$.complete(),
    wait: (ms: number) => vi.advanceTimersByTime(ms),
  };
}

const opened = (...args: Parameters<typeof talk>) => {
  const page = talk(...args);
  page.open('a');
  page.peer().open();
  return page;
};

describe('the gate', () => {
  it('is opened by a signed address, one for each stream', () => {
    const page = talk({ uid: 'ann' });
    expect(page.told).toEqual([{ type: 'ready', languages: null }]);
    page.open('a', { silenceMs: 1000, speak: true });
    page.open('b', { to: null, interim: false, alternatives: ['ja'] });
    expect(page.peers.map(({ url }) => [url.pathname, Object.fromEntries(url.searchParams)])).toEqual([
      [
        '/gate/websocket',
        {
          pid: '81700001',
          token: 'a+b/c=',
          ts: '1713354552',
          version: '1.0',
          srcLanguage: 'zh',
          destLanguage: 'en',
          asrResult: 'true',
          asrTempResult: 'true',
          transResult: 'true',
          ttsResult: 'true',
          codec: '0',
          userId: 'ann',
          vadSilenceTime: '1000',
        },
      ],
      ['/gate/websocket', expect.objectContaining({ destLanguage: '', transResult: 'false', asrTempResult: 'false' })],
    ]);
    expect(page.peers[0]?.url.search).toContain('token=a%2Bb%2Fc%3D');
    expect(page.tells('noted')).toEqual([{ type: 'noted', what: 'alternatives are not known to this protocol', count: 1 }]);
  });

  it('takes raw frames from the first on, and tells results whose numbers are strings', () => {
    const page = talk();
    page.open('a');
    page.say(100);
    page.peer().open();
    expect(page.tells('opened')).toEqual([{ type: 'opened', stream: 'a' }]);
    expect(page.peer().frames.map(({ length }) => length)).toEqual([640, 640, 640, 640, 640]);
    page.peer().tell('recognizedTempResult', { startTs: '20', endTs: '0', taskId: '3', asr: '今天' });
    page.peer().tell('recognizedResult', { startTs: '20', endTs: '60', recTs: '5000', taskId: '3', asr: '今天晚上' });
    page.peer().tell('translatedResult', { startTs: 20, endTs: 60, lang: 'en', taskId: 3, trans: 'Tonight' });
    page.peer().tell('ttsResult', { lang: 'en', taskId: '3', text: 'Tonight', data: btoa('OggS') });
    const common = { type: 'sentence', stream: 'a', task: '1.3', startMs: 20 };
    expect(page.told.slice(2)).toEqual([
      { ...common, side: 'original', language: 'zh', text: '今天', final: false, endMs: null },
      { ...common, side: 'original', language: 'zh', text: '今天晚上', final: true, endMs: 60 },
      { ...common, side: 'translation', language: 'en', text: 'Tonight', final: true, endMs: 60 },
      { type: 'speech', stream: 'a', task: '1.3', language: 'en', text: 'Tonight', audio: new TextEncoder().encode('OggS') },
    ]);
  });

  it('takes a sentence that is numbered anew while it grows for one', () => {
    const page = opened();
    page.say(100);
    page.peer().tell('recognizedTempResult', { startTs: '0', endTs: '0', taskId: '1', asr: 'good' });
    page.peer().tell('recognizedTempResult', { startTs: '0', endTs: '0', taskId: '2', asr: 'good morning' });
    page.peer().tell('recognizedResult', { startTs: '0', endTs: '80', taskId: '2', asr: 'good morning' });
    page.peer().tell('recognizedTempResult', { startTs: '90', endTs: '0', taskId: '4', asr: 'good' });
    expect(page.tells('sentence').map(({ task }) => task)).toEqual(['1.1', '1.1', '1.1', '1.4']);
  });

  it('drains, says that it is over, listens on, and ends', () => {
    const page = opened();
    page.say(200);
    page.peer().tell('recognizedTempResult', { startTs: '0', endTs: '0', taskId: '1', asr: 'good' });
    page.complete();
    page.wait(1000);
    expect(page.peer().frames).toHaveLength(60);
    expect(page.peer().texts).toEqual([]);
    page.peer().tell('recognizedResult', { startTs: '0', endTs: '200', taskId: '1', asr: 'good' });
    page.peer().tell('translatedResult', { startTs: '0', endTs: '200', taskId: '1', lang: 'en', trans: 'good' });
    page.wait(200);
    expect(page.peer().texts).toEqual(['{"method":"voiceEnd"}']);
    page.peer().tell('recognizedResult', { startTs: '210', endTs: '220', taskId: '2', asr: 'late' });
    page.peer().end();
    expect(page.told.at(-1)).toEqual({ type: 'closed', stream: 'a' });
    expect(page.state.completed).toBe(true);
    page.wait(60_000);
    expect(page.peers).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('connects anew with a fresh token, and sends again what was not told for good', () => {
    const page = opened();
    page.say(1000);
    page.peer().tell('recognizedResult', { startTs: '0', endTs: '400', taskId: '1', asr: 'one' });
    page.peer().tell('translatedResult', { startTs: '0', endTs: '400', taskId: '1', lang: 'en', trans: 'one' });
    page.peer().tell('recognizedTempResult', { startTs: '600', endTs: '0', taskId: '2', asr: 'two' });
    page.peer().end();
    page.say(600);
    expect(page.tells('reconnecting')).toMatchObject([{ inMs: 500, error: { code: 'socket-closed' } }]);
    expect(page.reasons).toEqual(['connect', 'reconnect']);
    page.peer().open();
    // From 0.3 s before the open sentence on.
    expect(page.peer().frames).toHaveLength((1600 - 300) / 20);
    // Times count from the connection's first frame, those of the stream do not.
    page.peer().tell('recognizedResult', { startTs: '300', endTs: '900', taskId: '1', asr: 'two' });
    expect(page.tells('sentence').at(-1)).toMatchObject({ task: '1.2', startMs: 600, endMs: 1200, text: 'two', final: true });
  });

  it.each([
    ['800105', 'unsupported'],
    ['800106', 'bad-option'],
    ['800107', 'server-busy'],
    ['10009', 'bad-message'],
  ])('tells a refusal (%s) and leaves the other streams alone', (code, name) => {
    const page = opened();
    page.open('b');
    page.peer().open();
    page.peers[0]?.tell('error', { code, ex: 'en→es' });
    expect(page.tells('refused')).toMatchObject([{ stream: 'a', error: { code: name, rtvtCode: Number(code) } }]);
    page.peers[0]?.end();
    page.wait(60_000);
    expect(page.peers).toHaveLength(2);
  });

  it('tries a refused token once more, then gives up', () => {
    const page = opened();
    page.peer().tell('error', { code: 800102, ex: 'no' });
    expect(page.reasons).toEqual(['connect', 'refused']);
    page.peer().open();
    page.peer().tell('error', { code: 800102, ex: 'no' });
    expect(page.state.error).toMatchObject({ code: 'token-refused' });
  });

  it('survives what cannot be read and counts what is not known', () => {
    const page = opened();
    for (const data of ['', '[]', '{"method":1}', '{"method":"recognizedResult"}', new ArrayBuffer(3)]) page.peer().raw(data);
    page.peer().tell('surprise');
    expect(page.tells('complaint')).toHaveLength(5);
    expect(page.tells('complaint').every(({ error }) => error.code === 'bad-message')).toBe(true);
    expect(page.tells('noted')).toEqual([{ type: 'noted', what: 'push surprise', count: 1 }]);
    page.say(20);
    expect(page.peer().frames).toHaveLength(1);
  });

  it('has a limit for a slow wire, and leaves one that takes nothing', () => {
    const page = opened();
    page.say(100);
    page.peer().bufferedAmount = 64_000;
    page.say(2000);
    expect(page.peer().frames).toHaveLength(5);
    page.say(8000);
    expect(page.tells('reconnecting')).toMatchObject([{ error: { code: 'timed-out' } }]);
    expect(page.tells('dropped')).toEqual([]);
    page.wait(500);
    page.peer().open();
    expect(page.peer().frames.length).toBeGreaterThanOrEqual(500);
  });

  it('refuses bad settings and frames, and streams that are open', () => {
    const page = opened();
    page.open('b', { from: '' });
    page.open('a');
    page.up({ type: 'audio', stream: 'a', pcm: new Int16Array(1), at: samples(0) });
    page.up({ type: 'close', stream: 'c' });
    expect(page.tells('refused')).toMatchObject([{ stream: 'b', error: { field: 'from' } }]);
    expect(page.tells('complaint').map(({ error }) => error.field)).toEqual(['stream', 'pcm']);
    expect(page.tells('noted')).toEqual([{ type: 'noted', what: 'close without a stream', count: 1 }]);
  });

  it('hangs up when nobody listens', () => {
    const page = opened();
    page.subscription.unsubscribe();
    expect(page.peer().closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
