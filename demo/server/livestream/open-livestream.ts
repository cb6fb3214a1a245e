import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { catchError, defer, EMPTY, exhaustMap, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { Upgrades } from '../app.ts';
import type { Auth } from '../auth.ts';
import { gatewayKey } from '../auth.ts';
import type { Config } from '../config.ts';
import type { Engines } from '../engines/engine.ts';
import { noticeRoutes } from '../http/notices.ts';
import type { RoomDoor } from '../http/rooms.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import type { LiveMedia } from '../media/create-media.ts';
import type { MediaUrls } from '../media/urls.ts';
import type { ChannelFrame } from '../rtstream/channels/frame.ts';
import type { Database } from '../store/tables.ts';
import { createAnalysis } from './analysis/create-analysis.ts';
import { createFrameUrls } from './api/frame-urls.ts';
import { livestreamRoutes } from './api/livestream-routes.ts';
import { tokenRoutes } from './auth/token-routes.ts';
import { openRevocations } from './auth/revocations.ts';
import type { Revocations } from './auth/revocations.ts';
import { livestreamTokens } from './auth/tokens.ts';
import { createLifecycle } from './lifecycle.ts';
import { createNotices } from './notices/create-notices.ts';
import { noticeSockets } from './notices/notice-sockets.ts';
import { openPrompts } from './prompts/prompts.ts';
import { bililiveRecorder } from './recorder/bililive.ts';
import { embeddedRecorder } from './recorder/embedded.ts';
import type { Recorder } from './recorder/recorder.ts';
import { openTaskIndex } from './search/task-index.ts';
import { streamNotice } from './stream-notice.ts';
import { createTaskLog } from './task-log.ts';
import { createTasks } from './tasks.ts';

/** Livestream tasks, whole: who watches and records, who analyses, what is announced, over the database and the media of the streams. */

const READ_REVOCATIONS_MS = 5000;

export interface LivestreamOptions {
  readonly config: Config;
  readonly auth: Auth;
  readonly engines: Engines;
  readonly database: Database;
  readonly media: LiveMedia;
  readonly urls: MediaUrls;
  readonly embedder: Embedder;
  /** Path of ffmpeg; null = there is none here. */
  readonly program: string | null;
  readonly log: Logger;
}

export interface Livestream {
  /** In one line for people: who records. */
  readonly told: string;
  /** The HTTP API, to stand in one document with that of the streams. */
  routes(app: FastifyInstance): Promise<void>;
  /** `/ws`, `/ws/livestream`, `/ws/room/{name}`. */
  socketRoutes(app: FastifyInstance, upgrades: Upgrades, rooms: RoomDoor): void;
  /** What streams publish, for `/ws`. */
  overhear(frame: ChannelFrame): void;
  /** Takes up what a restart cut off. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Rejects when the database does. */
export async function openLivestream(options: LivestreamOptions): Promise<Livestream> {
  const { config, auth, engines, database, embedder, program, log } = options;
  const notices = await createNotices({ database, log });
  const searchForgives = await openTaskIndex(database, log);
  const tasks = createTasks(database, notices);
  const taskLog = createTaskLog(database, notices);
  const revocations = await openRevocations({ database, seconds: config.livestream.tokenSeconds });
  const tokens = livestreamTokens({ config, auth, database, revocations });
  const prompts = await openPrompts(database);
  const recorder = recorderOf(options);
  const analysis = createAnalysis({
    ...{ database, tasks, engines, embedder, program, taskLog, notices, log },
    dataDir: config.dataDir,
    model: config.roles.answer === null ? null : engines.answer,
    recorder: () => recorder,
  });
  const lifecycle = createLifecycle({ tasks, recorder, analysis, notices, taskLog, database, log });
  const sockets = noticeSockets({ notices, revocations, log });
  const reading = readRevocations(options, revocations);
  const frameUrls = createFrameUrls(gatewayKey(config));
  const deps = {
    config,
    auth,
    tokens,
    database,
    tasks,
    taskLog,
    prompts,
    recorder,
    lifecycle,
    analysis,
    searchForgives,
    frameUrls,
    log,
  };

  return {
    told: recorder.name,
    routes: async (app) => {
      await tokenRoutes(app, { auth, tokens });
      await livestreamRoutes(app, deps);
    },
    socketRoutes: (app, upgrades, rooms) => noticeRoutes(app, { auth, tokens, sockets, upgrades, rooms }),
    overhear: (frame) => {
      const notice = streamNotice(frame);
      if (notice !== null) notices.tell(notice);
    },
    resume: async () => {
      await lifecycle.resume();
      await analysis.resume();
    },
    close: async () => {
      reading.unsubscribe();
      sockets.close();
      revocations.close();
      await lifecycle.close();
      await recorder.close();
      await analysis.close();
      await notices.close();
    },
  };
}

/** Only a server has other gateways at it. */
const readRevocations = ({ config, log }: LivestreamOptions, revocations: Revocations): Subscription =>
  (config.streams.databaseUrl === null ? EMPTY : timer(READ_REVOCATIONS_MS, READ_REVOCATIONS_MS))
    .pipe(
      exhaustMap(() =>
        defer(() => revocations.read()).pipe(
          catchError((cause: unknown) => {
            log.warn({ err: cause }, 'revoked logins could not be read');
            return EMPTY;
          }),
        ),
      ),
    )
    .subscribe();

function recorderOf({ config, database, media, urls, log }: LivestreamOptions): Recorder {
  const parts = { media, database, urls, config, log };
  const { bililiveUrl } = config.livestream;
  return bililiveUrl === null ? embeddedRecorder(parts) : bililiveRecorder({ ...parts, url: bililiveUrl });
}
