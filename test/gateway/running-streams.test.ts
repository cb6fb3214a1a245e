import { BehaviorSubject, EMPTY, Observable, Subject, concat, from, map, takeUntil, toArray } from 'rxjs';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Media, MediaHealth, MediaStream, SoundPiece, SourceSpec } from '../../demo/server/media/media-stream.ts';
import type { Recording } from '../../demo/server/media/recording.ts';
import type { ChannelFrame } from '../../demo/server/rtstream/channels/frame.ts';
import { RunningStreams } from '../../demo/server/rtstream/running-streams.ts';
import type { NewScene } from '../../demo/server/rtstream/scene.ts';
import type { TranscriptEvent } from '../../demo/server/rtstream/transcript/transcript-event.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';

const still: MediaHealth = {
  state: 'stopped',
  sinceMs: 0,
  error: null,
  retryInMs: null,
  codecs: { audio: null, video: null },
  width: null,
  height: null,
  bitsPerSecond: 0,
  framesPerSecond: 0,
  bytes: 0,
  discontinuities: 0,
  transcoded: false,
  diskFull: false,
};

const nothing: Recording = { folder: '/nowhere', window: () => [], ranges: () => [], epoch: () => null };

/** A stream whose sound is pushed by the test: each piece is "heard" as the sentence of its time. */
class PushedStream implements MediaStream {
  readonly recording = nothing;
  readonly health = new BehaviorSubject<MediaHealth>(still);
  readonly pieces = new Subject<SoundPiece>();
  readonly stopped = new Subject<void>();
  listeners = 0;
  starts = 0;
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  start(): void {
    this.starts++;
    this.become('live');
  }

  stop(): Promise<void> {
    this.stopped.next();
    this.become('stopped');
    return Promise.resolve();
  }

  become(state: MediaHealth['state']): void {
    this.health.next({ ...still, state });
  }

  hear(atMs: number): void {
    this.pieces.next({ atMs, pcm: new Int16Array(16), cut: false });
  }

  sound(): Observable<SoundPiece> {
    return new Observable((subscriber) => {
      this.listeners++;
      const subscription = this.pieces.pipe(takeUntil(this.stopped)).subscribe(subscriber);
      return () => {
        this.listeners--;
        subscription.unsubscribe();
      };
    });
  }

  frames(): Observable<never> {
    return EMPTY;
  }
}

const scene = (startMs: number, text: string): NewScene => ({
  startMs,
  endMs: startMs + 1,
  text,
  data: null,
  metadata: { engine: 'test' },
  evidence: text,
});

describe('streams that run', () => {
  let database: Database;
  let streams: Map<string, PushedStream>;
  let frames: ChannelFrame[];
  let looked: string[];
  let running: RunningStreams;
  let failures: number;

  beforeAll(async () => {
    database = await openDatabase({ databaseUrl: null, dataDir: null });
    await database.insertInto('collections').values({ id: 'c-1', name: 'c', description: '' }).execute();
  });
  afterAll(() => database.destroy());

  const media: Media = {
    stream: (id: string, _source: SourceSpec) => {
      const made = streams.get(id) ?? new PushedStream(id);
      streams.set(id, made);
      return made;
    },
    recording: () => nothing,
    pushUrl: () => null,
    unavailable: null,
    close: () => Promise.resolve(),
  };

  beforeEach(async () => {
    for (const table of ['scenes', 'lines', 'indexes', 'transcriptions', 'streams'] as const) {
      await database.deleteFrom(table).execute();
    }
    streams = new Map();
    frames = [];
    looked = [];
    failures = 0;
    running = new RunningStreams({
      database,
      media,
      channels: { publish: (frame) => frames.push(frame) },
      alerts: {
        look: ({ scene: { text } }) => {
          looked.push(text);
          return Promise.resolve();
        },
      },
      log: pino({ level: 'silent' }),
      captured: () => null,
      transcribe: (sound$, { translateTo }) =>
        concat(
          sound$.pipe(
            map(({ atMs }): TranscriptEvent => {
              if (atMs === -1 && failures++ === 0) throw new Error('the engine died');
              return {
                type: 'final',
                line: String(atMs),
                text: `at ${String(atMs)}`,
                language: 'en',
                startMs: atMs,
                endMs: atMs + 1,
                words: [],
              };
            }),
          ),
          // What was still open when the sound ended.
          from<TranscriptEvent[]>([
            { type: 'final', line: 'last', text: 'last words', language: 'en', startMs: 999, endMs: 1000, words: [] },
            ...translateTo.map((language): TranscriptEvent => ({ type: 'translation', line: 'last', language, text: 'últimas' })),
          ]),
        ),
      audioIndex: (_index, events$) =>
        events$.pipe(
          toArray(),
          map((events) => scene(1, events.flatMap((event) => (event.type === 'final' ? [event.text] : [])).join('; '))),
        ),
      visualIndex: () => EMPTY,
      rememberLine: () => Promise.resolve(),
      rememberScene: () => Promise.resolve(),
    });
  });

  const connect = (id = 'rts-1', media_types = ['audio', 'video']) =>
    database
      .insertInto('streams')
      .values({
        id,
        collection_id: 'c-1',
        name: 'Door',
        url: 'rtsp://127.0.0.1/door',
        ingest_mode: 'pull',
        push_key: null,
        media_types,
        sample_rate: 30,
        store: true,
        status: 'connected',
        capture_session_id: null,
        channel_id: null,
      })
      .execute();

  const transcript = (status: 'running' | 'stopped', translate_to: string[] = []) =>
    database
      .insertInto('transcriptions')
      .values({ stream_id: 'rts-1', engine: 'assemblyai', status, language: null, translate_to, updated_at: new Date() })
      .onConflict((conflict) => conflict.column('stream_id').doUpdateSet({ status }))
      .execute();

  const audioIndex = () =>
    database
      .insertInto('indexes')
      .values({
        id: 'ix-1',
        stream_id: 'rts-1',
        name: 'index',
        kind: 'audio',
        extraction_type: 'transcript',
        extraction_config: json({}),
        prompt: 'Summarise',
        model_name: null,
        model_config: json({}),
        status: 'connected',
        v2: json(null),
      })
      .execute();

  const pushed = (id = 'rts-1'): PushedStream => {
    const stream = streams.get(id);
    if (stream === undefined) throw new Error('It was not taken in.');
    return stream;
  };

  const texts = async (): Promise<string[]> =>
    (await database.selectFrom('lines').select('text').orderBy('id').execute()).map(({ text }) => text);

  it('takes in what is connected, once, and listens only when somebody wants the words', async () => {
    await connect();
    await running.sync('rts-1');
    await running.sync('rts-1');
    expect(pushed().starts).toBe(1);
    expect(pushed().listeners).toBe(0);
    await transcript('running');
    await running.sync('rts-1');
    expect(pushed().listeners).toBe(1);
    expect(frames.map(({ event }) => event)).toContain('rtstream.live');
  });

  it('stores what was heard, what was still being said included, and tells it in order', async () => {
    await connect();
    await transcript('running', ['es']);
    await running.sync('rts-1');
    pushed().hear(1);
    pushed().hear(2);
    await database.updateTable('streams').set({ status: 'stopped' }).execute();
    await running.sync('rts-1');
    await running.settled('rts-1');
    expect(await texts()).toEqual(['at 1', 'at 2', 'last words']);
    const said = frames.filter(({ channel }) => channel === 'transcript');
    expect(said.map(({ data }) => data['text'])).toEqual(['at 1', 'at 2', 'last words', 'last words']);
    expect(said.at(-1)?.data).toMatchObject({ is_final: true, start: 999, translations: { es: 'últimas' } });
    const last = await database.selectFrom('lines').select(['line', 'translations']).orderBy('id', 'desc').executeTakeFirst();
    expect(last).toEqual({ line: said.at(-1)?.id, translations: { es: 'últimas' } });
  });

  it('finishes the sentence into the transcript when only the transcript is stopped', async () => {
    await connect();
    await transcript('running');
    await running.sync('rts-1');
    pushed().hear(1);
    await transcript('stopped');
    await running.sync('rts-1');
    await running.settled('rts-1');
    expect(await texts()).toEqual(['at 1', 'last words']);
    expect(pushed().listeners).toBe(0);
    expect(running.media('rts-1')).toBe(pushed());
  });

  it('listens for an audio index alone without keeping a transcript', async () => {
    await connect();
    await audioIndex();
    await running.sync('rts-1');
    pushed().hear(1);
    await database.updateTable('streams').set({ status: 'stopped' }).execute();
    await running.sync('rts-1');
    await running.settled('rts-1');
    expect(await texts()).toEqual([]);
    expect(looked).toEqual(['at 1; last words']);
    const rows = await database.selectFrom('scenes').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(frames.find(({ channel }) => channel === 'audio_index')?.data).toMatchObject({ id: `sc-${String(rows[0]?.id)}` });
  });

  it('does not listen to a stream without sound', async () => {
    await connect('rts-1', ['video']);
    await transcript('running');
    await running.sync('rts-1');
    expect(pushed().listeners).toBe(0);
  });

  it('begins again after a failure', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] });
    try {
      await connect();
      await transcript('running');
      await running.sync('rts-1');
      pushed().hear(-1);
      expect(pushed().listeners).toBe(0);
      await vi.advanceTimersByTimeAsync(1000);
      expect(pushed().listeners).toBe(1);
      pushed().hear(5);
    } finally {
      vi.useRealTimers();
    }
    await vi.waitUntil(async () => (await texts()).includes('at 5'));
  });

  it('is stopped by the end of its source, and can be exported then', async () => {
    await connect();
    await running.sync('rts-1');
    pushed().become('ended');
    await vi.waitUntil(() => running.media('rts-1') === null);
    expect(await database.selectFrom('streams').select('status').executeTakeFirst()).toEqual({ status: 'stopped' });
  });

  it('says why a source was given up until it is tried again', async () => {
    await connect();
    await running.sync('rts-1');
    pushed().health.next({ ...still, state: 'failed', error: 'It says 404.' });
    await vi.waitUntil(() => running.media('rts-1') === null);
    expect(running.health('rts-1')).toMatchObject({ state: 'failed', error: 'It says 404.' });
    await database.updateTable('streams').set({ status: 'connected' }).execute();
    await running.sync('rts-1');
    expect(running.health('rts-1')?.state).toBe('live');
  });

  it('takes in again after a restart what was taken in before', async () => {
    await connect('rts-1');
    await connect('rts-2');
    await database.updateTable('streams').set({ status: 'stopped' }).where('id', '=', 'rts-2').execute();
    await running.resume();
    expect([...streams.keys()]).toEqual(['rts-1']);
    await running.close();
    expect(await database.selectFrom('streams').select('status').where('id', '=', 'rts-1').executeTakeFirst()).toEqual({
      status: 'connected',
    });
  });
});
