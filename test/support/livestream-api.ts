import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import rateLimit from '@fastify/rate-limit';
import { pino } from 'pino';
import { EMPTY } from 'rxjs';
import type { Upgrades } from '../../demo/server/app.ts';
import { createAuth } from '../../demo/server/auth.ts';
import { readConfig } from '../../demo/server/config.ts';
import type { Config } from '../../demo/server/config.ts';
import type { Analysis, Manuscript } from '../../demo/server/livestream/analysis/analysis.ts';
import type { LivestreamDeps } from '../../demo/server/livestream/api/deps.ts';
import { createFrameUrls } from '../../demo/server/livestream/api/frame-urls.ts';
import { livestreamRoutes } from '../../demo/server/livestream/api/livestream-routes.ts';
import { openRevocations } from '../../demo/server/livestream/auth/revocations.ts';
import { livestreamTokens } from '../../demo/server/livestream/auth/tokens.ts';
import { tokenRoutes } from '../../demo/server/livestream/auth/token-routes.ts';
import { noticeRoutes } from '../../demo/server/http/notices.ts';
import { createNotices } from '../../demo/server/livestream/notices/create-notices.ts';
import { noticeSockets } from '../../demo/server/livestream/notices/notice-sockets.ts';
import type { NoticeSockets } from '../../demo/server/livestream/notices/notice-sockets.ts';
import type { Notices } from '../../demo/server/livestream/notices/notices.ts';
import { openPrompts } from '../../demo/server/livestream/prompts/prompts.ts';
import { RecorderError } from '../../demo/server/livestream/recorder/recorder.ts';
import type { Recorder, RecordedPart } from '../../demo/server/livestream/recorder/recorder.ts';
import { openTaskIndex } from '../../demo/server/livestream/search/task-index.ts';
import { createTaskLog } from '../../demo/server/livestream/task-log.ts';
import { createTasks } from '../../demo/server/livestream/tasks.ts';
import { openApiRoutes } from '../../demo/server/rtstream/api/openapi.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** The HTTP API of livestream tasks over a real database; who watches, records and analyses is played: it does what a test says. */

export const KEY = 'test-gateway-key';

export interface PlayedTasks {
  readonly app: FastifyInstance;
  readonly deps: LivestreamDeps;
  readonly database: Database;
  readonly config: Config;
  /** What was asked of recorder, lifecycle and analysis, in order: `listen <task id>`. */
  readonly asked: string[];
  /** Tasks of which something is recorded. */
  readonly recorded: Map<string, readonly RecordedPart[]>;
  readonly manuscripts: Map<string, Manuscript>;
  /** Every route that was made: `GET /livestream/tasks`. */
  readonly routes: string[];
  /** `http://127.0.0.1:…` once it listens. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface PlayWish {
  readonly env?: Readonly<Record<string, string>>;
  /** `postgres://…`; default: the embedded database in memory. */
  readonly databaseUrl?: string;
  /** What happens is announced on sockets as well, not only written down. */
  readonly sockets?: boolean;
}

export async function playTasks({ env = {}, databaseUrl, sockets: announced = false }: PlayWish = {}): Promise<PlayedTasks> {
  const dataDir = mkdtempSync(join(tmpdir(), 'livestream-api-'));
  const config = readConfig({ GATEWAY_API_KEY: KEY, PORT: '0', DATA_DIR: dataDir, ...env }, 0);
  const database = await openDatabase({ databaseUrl: databaseUrl ?? null, dataDir: null });
  const log = pino({ level: 'silent' });
  const auth = createAuth(config);
  const kept = announced ? await createNotices({ database, log }) : null;
  const notices = kept ?? playedNotices();
  const tasks = createTasks(database, notices);
  const played: Omit<PlayedTasks, 'deps' | 'app' | 'listen' | 'close'> = {
    ...{ database, config, asked: [], recorded: new Map(), manuscripts: new Map(), routes: [] },
  };
  const say = (what: string): Promise<void> => Promise.resolve(void played.asked.push(what));
  const revocations = await openRevocations({ database, seconds: config.livestream.tokenSeconds });
  const deps: LivestreamDeps = {
    ...{ config, auth, database, tasks, log },
    tokens: livestreamTokens({ config, auth, database, revocations }),
    taskLog: createTaskLog(database, notices),
    prompts: await openPrompts(database),
    recorder: playedRecorder(played, say),
    lifecycle: {
      added: ({ id }) => say(`added ${id}`),
      listen: async ({ id }) => {
        await say(`listen ${id}`);
        const task =
          (await tasks.become(id, 'listening', { from: ['pending', 'completed', 'failed'] })) ?? (await tasks.read(id));
        return { task, done: task?.livestream_name !== 'stuck', message: 'After its analysis.' };
      },
      stop: async ({ id }) => {
        await say(`stop ${id}`);
        const task = (await tasks.become(id, 'pending', { from: ['listening'] })) ?? (await tasks.read(id));
        return { task, done: true, message: 'Stopped.' };
      },
      removed: ({ id }) => say(`removed ${id}`),
    },
    analysis: playedAnalysis(played, say, dataDir),
    frameUrls: createFrameUrls('a key'),
    searchForgives: await openTaskIndex(database, log),
  };
  const app = fastify({ forceCloseConnections: true, bodyLimit: 1024 * 1024 });
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) played.routes.push(`${one} ${url}`);
  });
  await app.register(async (api) => {
    await api.register(rateLimit, { max: config.ratePerMinute, timeWindow: 60_000 });
    await openApiRoutes(api, { mount: '' });
    await livestreamRoutes(api, deps);
    await tokenRoutes(api, deps);
  });
  const sockets = kept === null ? null : noticeSockets({ notices: kept, revocations, log });
  if (sockets !== null) serveSockets(app, deps, sockets);
  await app.ready();
  return {
    ...{ ...played, app, deps },
    listen: () => app.listen({ port: 0, host: '127.0.0.1' }),
    close: async () => {
      sockets?.close();
      await kept?.close();
      await app.close();
      await database.destroy();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function serveSockets(app: FastifyInstance, { auth, tokens }: LivestreamDeps, sockets: NoticeSockets): void {
  const upgrades: Upgrades = new WeakMap();
  const rooms = (): Promise<void> => Promise.reject(new Error('No captions here.'));
  noticeRoutes(app, { auth, tokens, sockets, upgrades, rooms });
  app.server.on('upgrade', (request, socket, head) => {
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    if (socket instanceof Socket) response.assignSocket(socket);
    app.routing(request, response);
  });
}

function playedNotices(): Notices {
  return {
    add: async (transaction, { type, data, source = 'livestream_service', room = null }) => {
      await transaction
        .insertInto('livestream_notices')
        .values({ type, data: json(data), source, room })
        .execute();
    },
    poke: () => undefined,
    tell: () => undefined,
    since: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    ...{ told$: EMPTY, passing$: EMPTY },
  };
}

type Say = (what: string) => Promise<void>;

/** Addresses with `refused` in them it never takes, with `away` in them not now. */
function playedRecorder({ recorded }: Pick<PlayedTasks, 'recorded'>, say: Say): Recorder {
  return {
    name: 'played',
    events$: EMPTY,
    add: async ({ id, url }) => {
      await say(`add ${id}`);
      if (url.includes('refused')) throw new RecorderError('refused', 'nothing is broadcast there');
      if (url.includes('away')) throw new RecorderError('unavailable', 'The recorder does not answer.');
      return { liveId: `live-${randomUUID()}`, hostName: new URL(url).hostname };
    },
    listen: ({ id }) => say(`watch ${id}`),
    unlisten: (id) => say(`unwatch ${id}`),
    remove: (id) => say(`forget ${id}`),
    parts: (id) => Promise.resolve(recorded.get(id) ?? []),
    playback: (id, base) =>
      Promise.resolve({ liveUrl: null, recordedUrl: recorded.has(id) ? `${base}/manifests/ls-${id}/clip.m3u8` : null }),
    close: () => Promise.resolve(),
  };
}

function playedAnalysis({ manuscripts }: Pick<PlayedTasks, 'manuscripts'>, say: Say, dataDir: string): Analysis {
  return {
    enqueue: async (transaction, id) => {
      await transaction
        .insertInto('livestream_jobs')
        .values({
          ...{ task_id: id, step: 'join', status: 'queued', attempts: 0, progress: 0, error: null },
          ...{ due_at: new Date(), updated_at: new Date() },
        })
        .onConflict((conflict) => conflict.column('task_id').doUpdateSet({ status: 'queued', step: 'join' }))
        .execute();
      await say(`enqueue ${id}`);
    },
    poke: () => void say('poke'),
    cancel: (id) => say(`cancel ${id}`),
    resume: () => say('resume'),
    manuscript: (id) => Promise.resolve(manuscripts.get(id) ?? null),
    frame: (id, filename) => {
      if (manuscripts.get(id)?.data.some((frame) => frame.filename === filename) !== true) return Promise.resolve(null);
      const folder = join(dataDir, 'livestream', id, 'frames');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, filename), 'a picture');
      return Promise.resolve(join(folder, filename));
    },
    remove: (id) => say(`unmake ${id}`),
    close: () => Promise.resolve(),
  };
}
