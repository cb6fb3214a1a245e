import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createAuth } from '../../demo/server/auth.ts';
import { readConfig } from '../../demo/server/config.ts';
import type { Config } from '../../demo/server/config.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import type { Media, MediaStream } from '../../demo/server/media/media-stream.ts';
import type { Recording } from '../../demo/server/media/recording.ts';
import type { Notice } from '../../demo/server/rtstream/alerts/alerts.ts';
import { ApiError } from '../../demo/server/rtstream/api/api-error.ts';
import type { CaptureSessions, Published, RtstreamDeps, Search, SearchHit } from '../../demo/server/rtstream/api/deps.ts';
import { plainPath } from '../../demo/server/rtstream/api/plain-path.ts';
import { rtstreamRoutes } from '../../demo/server/rtstream/api/rtstream-routes.ts';
import { createJobs } from '../../demo/server/rtstream/jobs/jobs.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** The HTTP API of streams over a real database, with the heavy parts played: what was recorded, heard and found is as a test says. */

export const KEY = 'test-gateway-key';

/** When the played recordings begin: that of the recorded calls, Unix ms. */
export const RECORDED_FROM_MS = 1_763_600_000_000;
const RECORDED_TO_MS = RECORDED_FROM_MS + 60_500;

export interface Played {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly config: Config;
  /** Every route that was made: `GET /rtstream/:id`. */
  readonly routes: string[];
  /** Ids of streams whose rows were to be followed, in order. */
  readonly synced: string[];
  readonly webhooks: Notice[];
  /** Streams of which something is recorded. */
  readonly recorded: Set<string>;
  /** What is said in a video that is listened to. */
  spoken: string;
  /** Waits before long work is done; replaced by tests. */
  work: (what: string) => Promise<void>;
  /** Video exports that were made, by stream. */
  readonly exported: string[];
  close(): Promise<void>;
}

export async function playApi(change: Partial<Config> = {}, patienceMs = 15_000): Promise<Played> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rtstream-api-'));
  const config: Config = { ...readConfig({ GATEWAY_API_KEY: KEY, PORT: '0', DATA_DIR: dataDir }, 0), ...change };
  const database = await openDatabase({ databaseUrl: null, dataDir: null });
  const log = pino({ level: 'silent' });
  const jobs = await createJobs({ database, log });
  const app = fastify({ rewriteUrl: ({ url = '/' }) => plainPath(url), forceCloseConnections: true });
  const played: Played = {
    app,
    database,
    config,
    routes: [],
    synced: [],
    webhooks: [],
    recorded: new Set(),
    exported: [],
    spoken: 'The action items are on the board. We meet again on Friday.',
    work: () => Promise.resolve(),
    close: async () => {
      await app.close();
      await jobs.close();
      await database.destroy();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  const deps: RtstreamDeps = {
    config,
    database,
    jobs,
    log,
    patienceMs,
    auth: createAuth(config),
    urls: createMediaUrls('a key'),
    running: {
      sync: (id) => Promise.resolve(void played.synced.push(id)),
      media: (): MediaStream | null => null,
      health: () => null,
      settled: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    media: playedMedia(played, dataDir),
    hear: { languages: ['en', 'es'] },
    translate: { pairs: [{ from: 'en', to: 'es' }] },
    published: playedPublished(played),
    search: playedSearch(database),
    capture: playedCapture(database),
    channels: { socketUrl: (base) => Promise.resolve(`${base.replace(/^http/, 'ws')}/ws/rtstream?ticket=t-1`) },
    webhooks: { send: (notice) => Promise.resolve(void played.webhooks.push(notice)), close: () => Promise.resolve() },
  };
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) played.routes.push(`${one} ${url}`);
  });
  await app.register((scope) => rtstreamRoutes(scope, deps));
  await app.register((scope) => rtstreamRoutes(scope, deps), { prefix: '/videodb' });
  await app.ready();
  return played;
}

function playedMedia(played: Played, folder: string): Media {
  const recording = (id: string): Recording => {
    const range = { startMs: RECORDED_FROM_MS, endMs: RECORDED_TO_MS };
    const segment = { sequence: 0, epoch: 0, file: 'a.m4s', init: 'i.mp4', durationMs: 60_500, bytes: 1, decodeS: 0 };
    return {
      folder: join(folder, 'recordings', id),
      ranges: () => (played.recorded.has(id) ? [range] : []),
      window: (startMs, endMs) =>
        played.recorded.has(id) && startMs < range.endMs && endMs > range.startMs ? [{ ...segment, startMs: range.startMs }] : [],
      epoch: () => null,
    };
  };
  return {
    stream: () => {
      throw new Error('routes start nothing themselves');
    },
    recording,
    pushUrl: (key) => (played.config.streams.rtmpPort === null ? null : `rtmp://127.0.0.1:1935/${key}`),
    unavailable: null,
    close: () => Promise.resolve(),
  };
}

function playedPublished(played: Played): Published {
  const { database } = played;
  return {
    exportStream: async ({ streamId, name, progress }) => {
      await played.work('export');
      progress(50);
      const stream = await database.selectFrom('streams').selectAll().where('id', '=', streamId).executeTakeFirstOrThrow();
      const id = `m-${randomUUID()}`;
      await database
        .insertInto('videos')
        .values({
          id,
          collection_id: stream.collection_id,
          stream_id: streamId,
          name,
          length: 60.5,
          start_ms: RECORDED_FROM_MS,
          folder: `videos/${id}`,
          size: 1000,
        })
        .execute();
      played.exported.push(streamId);
      return id;
    },
    transcribe: async ({ videoId, progress }) => {
      await played.work('transcribe');
      progress(100);
      await database.deleteFrom('video_lines').where('video_id', '=', videoId).execute();
      const sentences = played.spoken.split(/(?<=\.)\s+/).filter((text) => text !== '');
      for (const [at, text] of sentences.entries()) await addLine(database, videoId, at * 5000 + 500, text);
    },
    burnCaptions: ({ base, videoId }) => Promise.resolve(`${base}/published/manifests/${videoId}.captions.m3u8`),
    analyse: async ({ videoId, indexId, prompt }) => {
      await database
        .insertInto('video_scenes')
        .values({
          video_id: videoId,
          index_id: indexId,
          start_ms: 0,
          end_ms: 5000,
          text: prompt,
          data: json(null),
          metadata: json({}),
        })
        .execute();
      return { scenes: [], objects: [], actions: 'unknown', timeline: [] };
    },
    thumbnailUrl: (base, videoId) => `${base}/published/thumbnails/${videoId}.jpg`,
    removeFiles: () => Promise.resolve(),
  };
}

async function addLine(database: Database, videoId: string, startMs: number, text: string): Promise<void> {
  const words = text.split(' ').map((word, at) => ({ text: word, startMs: startMs + at * 400, endMs: startMs + at * 400 + 300 }));
  const end_ms = words.at(-1)?.endMs ?? startMs;
  await database
    .insertInto('video_lines')
    .values({
      video_id: videoId,
      start_ms: startMs,
      end_ms,
      text,
      language: 'en',
      words: json(words),
      translations: json({ es: `(es) ${text}` }),
    })
    .execute();
}

/** Finds by one word in common. */
function playedSearch(database: Database): Search {
  return {
    indexSpokenWords: () => Promise.resolve(),
    search: async (scope, query, limits) => {
      const wanted = query.toLowerCase().match(/\w+/g) ?? [];
      const fits = (text: string): boolean => wanted.some((word) => text.toLowerCase().includes(word));
      const none = { streamId: null, videoId: null, indexId: null, score: 0.8, metadata: {} };
      let hits: SearchHit[];
      if (scope.of === 'videos') {
        const lines = await database
          .selectFrom('video_lines')
          .innerJoin('videos', 'videos.id', 'video_lines.video_id')
          .select(['video_id', 'collection_id', 'video_lines.start_ms', 'end_ms', 'text'])
          .execute();
        hits = lines
          .filter(({ video_id }) => scope.videoId === undefined || video_id === scope.videoId)
          .filter(({ collection_id }) => scope.collectionId === undefined || collection_id === scope.collectionId)
          .map((line) => ({ ...none, videoId: line.video_id, startMs: line.start_ms, endMs: line.end_ms, text: line.text }));
      } else {
        const scenes = await database.selectFrom('scenes').selectAll().execute();
        hits = scenes
          .filter(({ stream_id }) => scope.streamId === undefined || stream_id === scope.streamId)
          .filter(({ index_id }) => scope.indexId === undefined || index_id === scope.indexId)
          .map((scene) => ({
            ...none,
            streamId: scene.stream_id,
            indexId: scene.index_id,
            startMs: scene.start_ms,
            endMs: scene.end_ms,
            text: scene.text,
          }));
      }
      return hits.filter(({ text }) => fits(text)).slice(0, limits.results);
    },
  };
}

function playedCapture(database: Database): CaptureSessions {
  let made = 0;
  return {
    create: async ({ collectionId, endUserId, callbackUrl, wsConnectionIds, metadata }) => {
      // In the order of their making, as real ones are.
      const id = `cap-${String(++made).padStart(8, '0')}${randomUUID().slice(8)}`;
      await database
        .insertInto('capture_sessions')
        .values({
          id,
          collection_id: collectionId,
          end_user_id: endUserId,
          status: 'created',
          callback_url: callbackUrl,
          ws_connection_ids: [...wsConnectionIds],
          metadata: json(metadata),
          channels: json([]),
          primary_video_channel_id: null,
          export_status: null,
          exported_video_id: null,
          error: null,
        })
        .execute();
      return id;
    },
    start: async ({ sessionId, channels }) => {
      const session = await database
        .updateTable('capture_sessions')
        .set({ status: 'active', channels: json(channels) })
        .where('id', '=', sessionId)
        .returningAll()
        .executeTakeFirstOrThrow();
      for (const { channel_id, type, store } of channels) {
        if (type === 'video' && channel_id.startsWith('mic'))
          throw new ApiError(400, 'invalid_value', 'channels: no picture', 'channels');
        await database
          .insertInto('streams')
          .values({
            id: `rts-${randomUUID()}`,
            collection_id: session.collection_id,
            name: channel_id,
            url: null,
            ingest_mode: 'capture',
            push_key: null,
            media_types: [type],
            sample_rate: 30,
            store,
            status: 'stopped',
            capture_session_id: sessionId,
            channel_id: channel_id.replace(/:.*$/, '').replace('display', 'screen'),
          })
          .execute();
      }
    },
    stop: async (id) => {
      await database.updateTable('capture_sessions').set({ status: 'stopped' }).where('id', '=', id).execute();
    },
    export: async ({ sessionId }) => {
      await database.updateTable('capture_sessions').set({ export_status: 'exporting' }).where('id', '=', sessionId).execute();
    },
    publishUrl: (base, id, channel) => `${base.replace(/^http/, 'ws')}/ws/capture/${id}/${channel}`,
  };
}

/** JSON of unknown shape. */
export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly headers: Readonly<Record<string, unknown>>;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS';

/** One call as an SDK makes it; `headers` replace the key. */
export async function call(
  { app }: Pick<Played, 'app'>,
  method: Method,
  url: string,
  body?: unknown,
  headers: Record<string, string> = { 'x-access-token': KEY },
): Promise<Reply> {
  const response = await app.inject({
    method,
    url,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    body: response.body === '' ? {} : (JSON.parse(response.body) as Json),
    headers: response.headers,
  };
}

/** What stands at `path` (`data.results[0].id`); undefined = nothing. */
export function at(value: unknown, path: string): unknown {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
