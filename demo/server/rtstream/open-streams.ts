import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Upgrades } from '../app.ts';
import type { AuthHook } from '../auth-hook.ts';
import type { Auth } from '../auth.ts';
import { gatewayKey } from '../auth.ts';
import { createCapture } from '../capture/capture.ts';
import type { Capture } from '../capture/capture.ts';
import { captureRoutes, captureTokenRoutes } from '../capture/routes.ts';
import type { Config } from '../config.ts';
import { sharedEmbedding } from '../engines/embed.ts';
import type { Engines } from '../engines/engine.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { channelRoutes } from '../http/channels.ts';
import { liveRoutes } from '../http/live.ts';
import { privateUrlsAllowed } from '../http/outside-url.ts';
import { publishedRoutes } from '../http/published.ts';
import { watchRoutes } from '../http/watch.ts';
import { createMedia } from '../media/create-media.ts';
import type { LiveMedia } from '../media/create-media.ts';
import { ensureFfmpeg, FfmpegMissingError } from '../media/ffmpeg/ensure.ts';
import type { Ffmpeg } from '../media/ffmpeg/ensure.ts';
import { createPublished } from '../media/published/published.ts';
import { createMediaUrls } from '../media/published/urls.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/tables.ts';
import { createAlerts } from './alerts/watch.ts';
import { createWebhooks, webhookSecret } from './alerts/webhooks.ts';
import type { RtstreamDeps } from './api/deps.ts';
import { rtstreamRoutes } from './api/rtstream-routes.ts';
import { audioIndex } from './audio/audio-index.ts';
import { createChannels } from './channels/channels.ts';
import type { ChannelFrame } from './channels/frame.ts';
import { matchEvent } from './events/match-event.ts';
import { createJobs } from './jobs/jobs.ts';
import { publishedOf } from './published-work.ts';
import { RunningStreams } from './running-streams.ts';
import { openSearch } from './search/open-search.ts';
import { transcribe } from './transcript/transcribe.ts';
import { visualIndex } from './visual/visual-index.ts';

/** Streams, whole: what takes them in, hears, looks, alerts, publishes and finds, over one database. */

export interface StreamsOptions {
  readonly config: Config;
  readonly auth: Auth;
  readonly hook: AuthHook;
  readonly engines: Engines;
  readonly log: Logger;
  /** The folder with the built pages; null = no player page. */
  readonly dist: string | null;
  /** `http://host` that this gateway is reached at by itself, for webhooks where `PUBLIC_URL` is not set. */
  readonly base: () => string;
  /** Told every frame that is published and stays. */
  readonly overhear?: (frame: ChannelFrame) => void;
}

export interface Streams {
  readonly media: LiveMedia;
  readonly database: Database;
  readonly deps: RtstreamDeps;
  readonly embedder: Embedder;
  /** Path of ffmpeg; null = there is none here. */
  readonly program: string | null;
  /** In one line for people: what takes streams in, or why nothing does. */
  readonly told: string;
  /** The HTTP API and its sockets, under the limit on requests a minute. `beside`: other routes that stand in the same document. */
  routes(app: FastifyInstance, upgrades: Upgrades, beside?: (scope: FastifyInstance) => Promise<void>): Promise<void>;
  /** Routes that pages of allowed origins may read the answers of. */
  pageRoutes(pages: FastifyInstance): void;
  /** What players fetch every second; outside that limit. */
  mediaRoutes(app: FastifyInstance): void;
  /** Takes in again what was taken in before. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Rejects when the database does not open. Without ffmpeg everything but taking in works, and says so. */
export async function openStreams(options: StreamsOptions): Promise<Streams> {
  const { config, auth, hook, engines, log, base, overhear } = options;
  const { databaseUrl } = config.streams;
  const lost = (cause: Error): void => log.warn({ err: cause }, 'the database dropped a connection');
  const [database, ffmpeg] = await Promise.all([
    openDatabase({ databaseUrl, dataDir: config.dataDir, onLost: lost }),
    findFfmpeg(config, log),
  ]);
  const failed = (what: string) => (cause: unknown) => log.warn({ err: cause }, what);
  const urls = createMediaUrls(gatewayKey(config));
  const channels = await createChannels({ database, auth, log, ...(overhear === undefined ? {} : { overhear }) });
  const media = await createMedia({ config, ffmpeg, log });
  const guard = { allowPrivate: privateUrlsAllowed(config) };
  const webhooks = createWebhooks({ database, secret: webhookSecret(config), guard, log });
  const embedder = sharedEmbedding((line) => log.warn(line));
  const model = config.roles.answer === null ? null : engines.answer;
  const match = matchEvent({ embedder, model, log: (line) => log.warn(line) });
  const alerts = createAlerts({ database, channels, webhooks, match, urls, base, log });
  const search = openSearch({ database, embedder, onFailure: failed('search by meaning failed') });
  const program = ffmpeg instanceof FfmpegMissingError ? null : ffmpeg.ffmpeg;
  const settled = (id: string): Promise<void> => running.settled(id);
  const published = await createPublished({ database, dataDir: config.dataDir, ffmpeg: program, media, settled, urls, log });

  const capture: Capture = await createCapture({
    database,
    channels,
    webhooks,
    log,
    running: () => running,
    recordedUntilMs: (id) => media.recording(id).ranges().at(-1)?.endMs ?? null,
    folder: join(config.dataDir, 'capture'),
    maxStreams: config.streams.maxStreams,
    exportCapture: async (wish) => {
      const videoId = await published.exportCapture(wish);
      search.refresh();
      const streamUrl = urls.video(base(), videoId);
      return { videoId, streamUrl, playerUrl: urls.player(base(), streamUrl) };
    },
  });
  const running: RunningStreams = new RunningStreams({
    database,
    media,
    channels,
    alerts,
    log,
    captured: (stream) => capture.captured(stream),
    transcribe: (sound$, { language, translateTo }) =>
      transcribe(sound$, { engines, language, translateTo, onFailure: failed('a transcription was held up') }),
    audioIndex: (index, events$) =>
      audioIndex(index, events$, { model, embedder, onFailure: failed('an audio index quotes, its model failed') }),
    visualIndex: (index, { sample_rate }, pictures) =>
      visualIndex({ ...index, sample_rate }, pictures, { see: engines.see, log: (line) => log.warn(line) }),
    rememberLine: search.rememberLine,
    rememberScene: search.rememberScene,
  });
  const jobs = await createJobs({ database, log });
  const deps: RtstreamDeps = {
    ...{ config, auth, database, running, urls, channels, webhooks, capture, media, jobs, log, hear: engines.hear },
    translate: engines.translate ?? null,
    search: search.search,
    published: publishedOf({ published, database, engines, program, search, log }),
  };
  const ending: (() => void)[] = [];

  return {
    media,
    database,
    deps,
    embedder,
    program,
    told: toldOf(ffmpeg, media),
    routes: async (app, upgrades, beside) => {
      await app.register((scope) => rtstreamRoutes(scope, deps, beside));
      await app.register((scope) => rtstreamRoutes(scope, deps), { prefix: '/videodb' });
      channelRoutes(app, { auth, channels, upgrades });
      ending.push(captureRoutes(app, { auth, config, capture, upgrades, log }));
    },
    pageRoutes: (pages) => captureTokenRoutes(pages, { auth, hook, config, database, capture }),
    mediaRoutes: (app) => {
      liveRoutes(app, { media, urls });
      publishedRoutes(app, { urls, media, database, ...published });
      watchRoutes(app, { dist: options.dist, urls, media, database, videos: published.videos });
    },
    resume: () => running.resume(),
    close: async () => {
      for (const end of ending) end();
      await capture.close();
      await running.close();
      await Promise.all([media.close(), jobs.close(), published.close()]);
      await webhooks.close();
      await channels.close();
      await search.close();
      await embedder.close();
      await database.destroy();
    },
  };
}

function toldOf(ffmpeg: Ffmpeg | FfmpegMissingError, media: LiveMedia): string {
  if (ffmpeg instanceof FfmpegMissingError) return `none can be taken in: ${ffmpeg.message}`;
  const rtmp = media.pushUrl('<key>');
  const limits = ffmpeg.limited ? ', an old build: files and browser captures only' : '';
  return `ffmpeg (${ffmpeg.how}${limits})${rtmp === null ? '' : `, encoders publish to ${rtmp}`}`;
}

async function findFfmpeg({ modelsDir }: Config, log: Logger): Promise<Ffmpeg | FfmpegMissingError> {
  try {
    return await ensureFfmpeg({ modelsDir, log: (line) => log.info(line) });
  } catch (cause) {
    if (!(cause instanceof FfmpegMissingError)) throw cause;
    log.warn(`No stream can be taken in: ${cause.message}`);
    return cause;
  }
}
