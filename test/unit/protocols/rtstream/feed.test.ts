import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { streamFeed } from '../../../../src/protocols/rtstream/feed.ts';
import { FeedState } from '../../../../src/protocols/rtstream/feed-state.ts';
import { readFrame } from '../../../../src/protocols/rtstream/codec.ts';
import type { SceneFrame, TranscriptFrame } from '../../../../src/protocols/rtstream/codec.ts';
import { readLine, readScene } from '../../../../src/protocols/rtstream/codec-told.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import type { StreamFeedEvent } from '../../../../src/shared/stream-feed.ts';
import { fakeSocket } from '../../../support/fake-socket.ts';

const T = 1_763_600_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: T + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

type Data = Record<string, unknown>;

/** Answers of the API by path; a function decides each time. */
function watch(streamId: string, answers: Readonly<Record<string, Data | (() => Data | null)>>, sinceMs?: number) {
  const { WebSocket, connections } = fakeSocket();
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    asked.push(`${pathname}${search}`);
    if (init.signal) signals.push(init.signal);
    const answer = pathname.endsWith('/websocket')
      ? { websocket_url: 'wss://g.test/rtstream/socket?token=t' }
      : answers[pathname];
    const data = typeof answer === 'function' ? answer() : (answer ?? {});
    const body = data === null ? { success: false, message: 'no such thing' } : { success: true, data };
    return Promise.resolve(new Response(JSON.stringify(body), { status: data === null ? 404 : 200 }));
  };
  const seen = { events: [] as StreamFeedEvent[], error: null as AssistantError | null, done: false };
  const connection = { baseUrl: 'https://g.test', token: 'st-1', fetch, WebSocket, random: () => 0.5 };
  const subscription = streamFeed({ connection, streamId, ...(sinceMs === undefined ? {} : { sinceMs }) }).subscribe({
    next: (event) => seen.events.push(event),
    error: (cause: unknown) => (seen.error = cause as AssistantError),
    complete: () => (seen.done = true),
  });
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(5);
  const last = () => connections[connections.length - 1] as (typeof connections)[number];
  const stand = async (more: object = {}): Promise<void> => {
    await settle();
    last().open();
    last().receive({ connection_id: 'ws-1', seq: 100, ...more });
    await settle();
  };
  const of = (type: StreamFeedEvent['type']) => seen.events.filter((event) => event.type === type);
  return { seen, asked, signals, subscription, settle, last, stand, of };
}

const seconds = (ms: number): number => ms / 1000;
const stored = (text: string, startMs: number, more: Data = {}) => ({
  text,
  start: seconds(startMs),
  end: seconds(startMs + 1000),
  ...more,
});
const API: Readonly<Record<string, Data>> = {
  '/rtstream/rts-1': { id: 'rts-1', status: 'connected', health: { state: 'live' } },
  '/rtstream/rts-1/transcription': {
    transcription_records: [stored('stored', T, { language: 'en', translations: [{ language: 'es', text: 'guardado' }] })],
    next_page: false,
  },
  '/rtstream/rts-1/alerts': { alerts: [stored('', T, { event_id: 'event-1', label: 'critical: x', explanation: 'seen' })] },
  '/rtstream/rts-1/index/scene': { scene_indexes: [{ rtstream_index_id: 'ix-1', name: 'screens', extraction_type: 'time' }] },
  '/rtstream/rts-1/index/scene/ix-1': { scene_index_records: [stored('a desk', T, { id: '7' })] },
};

describe('the feed of a stream', () => {
  it('tells what is stored, then what comes, each thing once', async () => {
    const feed = watch('rts-1', API, T - 1000);
    await feed.stand();
    expect(feed.last().url).toContain('rtstream_id=rts-1');
    expect(feed.seen.events[0]).toEqual({ type: 'connected' });
    expect(feed.of('status')).toEqual([{ type: 'status', state: 'live', message: null }]);
    expect(feed.of('caption')).toMatchObject([{ text: 'stored', final: true, language: 'en', startMs: T, endMs: T + 1000 }]);
    expect(feed.of('caption-translation')).toMatchObject([{ language: 'es', text: 'guardado' }]);
    expect(feed.of('alert')).toMatchObject([
      { id: 'event-1', severity: 'critical', text: 'seen', startMs: T, arrivedMs: T + 60_005 },
    ]);
    expect(feed.of('scene')).toMatchObject([{ id: 'ix-1-7', index: 'screens', kind: 'visual', text: 'a desk' }]);
    expect(feed.asked.some((path) => path.includes(`start=${seconds(T - 1000)}`))).toBe(true);
    const before = feed.seen.events.length;
    // The same things, told again by the socket.
    const of = { rtstream_id: 'rts-1' };
    feed.last().receive({
      channel: 'transcript',
      ...of,
      data: { text: 'stored', is_final: true, start: T, end: T + 1000, language: 'en' },
    });
    feed
      .last()
      .receive({ channel: 'scene_index', ...of, id: 'ix-1', data: { id: 'sc-7', text: 'a desk', start: T, end: T + 1000 } });
    feed.last().receive({ channel: 'alert', ...of, data: { id: 'event-1', label: 'critical: x', start: T } });
    feed.last().receive({ channel: 'rtstream', ...of, data: { state: 'live', error: null } });
    expect(feed.seen.events).toHaveLength(before);
    feed.last().receive({ channel: 'transcript', rtstream_id: 'rts-2', data: { text: 'of another stream' } });
    feed.last().receive({ channel: 'transcript', ...of, data: { id: 'ln-2', text: 'new', start: T + 2000, end: T + 3000 } });
    expect(feed.seen.events.slice(before)).toMatchObject([{ type: 'caption', id: 'ln-2', text: 'new' }]);
  });

  it('reads storage again only when something is missing for good', async () => {
    const feed = watch('rts-1', API);
    await feed.stand();
    const asked = feed.asked.filter((path) => path.includes('/transcription')).length;
    feed.last().close(1006, '');
    await vi.advanceTimersByTimeAsync(500);
    await feed.stand({ resumed: true, replay: { complete: true } });
    expect(feed.asked.filter((path) => path.includes('/transcription'))).toHaveLength(asked);
    feed.last().close(1006, '');
    await vi.advanceTimersByTimeAsync(500);
    await feed.stand({ resumed: true, replay: { complete: false } });
    expect(feed.asked.filter((path) => path.includes('/transcription'))).toHaveLength(asked + 1);
    expect(feed.of('caption')).toHaveLength(1);
    expect(feed.seen.events.filter(({ type }) => type === 'reconnecting' || type === 'connected')).toHaveLength(5);
  });

  it('what cannot be read is noted, and the rest is told', async () => {
    const feed = watch('rts-1', { ...API, '/rtstream/rts-1/alerts': () => null, '/rtstream/rts-1/index/scene': () => null });
    await feed.stand();
    expect(
      feed
        .of('noted')
        .map((event) => ('what' in event ? event.what : ''))
        .sort(),
    ).toEqual(['alerts: 404 no such thing', 'scenes: 404 no such thing']);
    expect(feed.of('caption')).toHaveLength(1);
    feed.last().receive({ channel: 'transcript', rtstream_id: 'rts-1', data: { text: 'on' } });
    expect(feed.of('caption')).toHaveLength(2);
  });

  it('an unknown stream is an error', async () => {
    const feed = watch('rts-9', { '/rtstream/rts-9': () => null });
    await feed.stand();
    expect(feed.seen.error).toMatchObject({ code: 'bad-option' });
  });

  it('unsubscribing hangs up and gives up what is being read', async () => {
    const feed = watch('rts-1', API);
    await feed.stand();
    feed.subscription.unsubscribe();
    expect(feed.last().closedWith).toBe(1000);
    expect(feed.signals.every(({ aborted }) => aborted)).toBe(true);
  });
});

describe('the feed of a recorded video', () => {
  const video = { id: 'm-1', start: seconds(T), length: 60, rtstream_id: 'rts-1', spoken_index: 'ready' };
  const answers = {
    '/video/m-1': video,
    '/video/m-1/transcription': { word_timestamps: [{ start: 1.5, end: 2, text: 'hello' }] },
    '/video/m-1/index/scene': { scene_indexes: [{ scene_index_id: 'ix-1' }] },
    '/video/m-1/index/scene/ix-1': { scene_index_records: [{ start: 10, end: 12, text: 'a desk' }] },
    '/rtstream/rts-1/alerts': API['/rtstream/rts-1/alerts'] as Data,
  };

  it('is on the clock of its picture, and ends', async () => {
    const feed = watch('m-1', answers);
    await feed.settle();
    expect(feed.of('caption')).toMatchObject([{ text: 'hello', startMs: T + 1500, endMs: T + 2000, final: true }]);
    expect(feed.of('scene')).toMatchObject([{ text: 'a desk', startMs: T + 10_000 }]);
    expect(feed.of('alert')).toMatchObject([{ id: 'event-1' }]);
    expect(feed.seen.done).toBe(true);
  });

  it('does not make a server listen to what nobody listened to', async () => {
    const feed = watch('m-1', { ...answers, '/video/m-1': { ...video, spoken_index: 'none' } });
    await feed.settle();
    expect(feed.asked.some((path) => path.includes('transcription'))).toBe(false);
  });
});

describe('one line by two ways', () => {
  const frame = (data: object): TranscriptFrame =>
    readFrame(JSON.stringify({ channel: 'transcript', rtstream_id: 'rts-1', data })) as TranscriptFrame;

  it('grows under one id, is whole once, and an interim that comes late is old', () => {
    const state = new FeedState(() => T);
    const interim = { id: 'ln-1', text: 'he', is_final: false, start: T, end: T + 500 };
    expect(state.transcript(frame(interim))).toMatchObject([{ id: 'ln-1', final: false, text: 'he' }]);
    // Storage names no lines.
    expect(state.storedLine(readLine(stored('hello', T + 4)))).toMatchObject([{ id: 'ln-1', final: true, text: 'hello' }]);
    expect(state.transcript(frame({ ...interim, text: 'hel' }))).toEqual([]);
    expect(state.transcript(frame({ id: 'ln-1', text: 'hello', start: T, end: T + 1000 }))).toEqual([]);
    expect(state.transcript(frame({ id: 'ln-1', text: 'hello', start: T, translations: { es: 'hola' } }))).toEqual([
      { type: 'caption-translation', id: 'ln-1', language: 'es', text: 'hola' },
    ]);
    expect(state.transcript(frame({ id: 'ln-1', text: 'Hello.', start: T }))).toMatchObject([{ text: 'Hello.' }]);
  });

  it('that storage told first keeps its id', () => {
    const state = new FeedState(() => T);
    const [told] = state.storedLine(readLine(stored('hello', T)));
    const [corrected] = state.transcript(frame({ id: 'ln-1', text: 'Hello.', start: T + 1 }));
    expect(corrected).toMatchObject({ id: (told as { id: string }).id, text: 'Hello.' });
  });

  it('remembers thousands, not days', () => {
    const state = new FeedState(() => T);
    const scene = (at: number): SceneFrame =>
      readFrame(JSON.stringify({ channel: 'scene_index', id: 'ix', data: { id: at, text: 'x', start: T + at } })) as SceneFrame;
    for (let at = 0; at < 6000; at++) expect(state.scene(scene(at))).toHaveLength(1);
    expect(state.scene(scene(5999))).toHaveLength(0);
    expect(state.scene(scene(0))).toHaveLength(1);
    expect(state.storedScene(readScene({ id: 5998, start: T }), { id: 'ix', kind: 'visual' })).toHaveLength(0);
  });
});
