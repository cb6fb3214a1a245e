import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { createAuth } from './auth.ts';
import { createAuthHook } from './auth-hook.ts';
import type { Config } from './config.ts';
import type { Engines } from './engines/engine.ts';
import { refusalOf, sendRefusal } from './http/fault-reply.ts';
import { frameworkFault, refuseBytes } from './http/framework-fault.ts';
import { forPages } from './http/page-admission.ts';
import { realtimeRoutes } from './http/realtime.ts';
import { roomDoor, roomRoutes, roomTokenRoutes } from './http/rooms.ts';
import { rtvtRoutes, rtvtTokenRoutes } from './http/rtvt.ts';
import { pageTokenRoutes, secretRoutes } from './http/secrets.ts';
import { siteRoutes } from './http/site.ts';
import { SLOW_LIMITS, slowOptions } from './http/slow-limits.ts';
import type { SlowLimits } from './http/slow-limits.ts';
import { statusRoutes } from './http/status.ts';
import { openLivestream } from './livestream/open-livestream.ts';
import type { Livestream } from './livestream/open-livestream.ts';
import { openStreams } from './rtstream/open-streams.ts';
import { plainPath } from './rtstream/api/plain-path.ts';
import { warmUp } from './readiness.ts';
import { mount } from './mount.ts';
import type { Gateway } from './mount.ts';
import { createMetrics } from './realtime/metrics.ts';
import { RealtimeSessions } from './realtime/sessions.ts';
import { RoomBus } from './rooms/bus.ts';
import { createRoomSockets } from './rooms/sockets.ts';
import { createRtvtMetrics } from './rtvt/metrics.ts';
import { RtvtService } from './rtvt/service.ts';
import { createSockets } from './rtvt/web-sockets.ts';

/** The gateway: every route and socket over one set of engines; alone on a port, or mounted into another server. */

export interface GatewayOptions {
  readonly log: Logger;
  /** Serves the built site and the embed scripts beside the API. Default: true. */
  readonly site?: boolean;
  /** Where the builds are. Default: `dist` at the top of the repository. */
  readonly dist?: string;
  /** Takes in streams, with a database and ffmpeg. Default: true. */
  readonly streams?: boolean;
  /** On its own ports. */
  readonly slow?: SlowLimits;
}

const BODY_LIMIT_BYTES = 1024 * 1024;

/** What an upgrade brought with it, until its route takes it. */
export type Upgrades = WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>;

export async function createGateway(config: Config, engines: Engines, options: GatewayOptions): Promise<Gateway> {
  const { log, slow = SLOW_LIMITS } = options;
  const auth = createAuth(config);
  const metrics = createMetrics();
  const readiness = warmUp(engines);
  const sessions = new RealtimeSessions({ config, engines, metrics, log });
  const rtvt = new RtvtService({ config, engines, metrics: createRtvtMetrics(metrics.registry), log });
  const rtvtSockets = createSockets(rtvt);
  const rooms = new RoomBus();
  const roomSockets = createRoomSockets(rooms, log);
  const upgrades: Upgrades = new WeakMap();
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    requestTimeout: slow.requestMs,
    http: slowOptions(slow),
    rewriteUrl: ({ url = '/' }) => plainPath(url),
    frameworkErrors: (cause, request, reply: FastifyReply) => {
      const { status, body } = frameworkFault(request.raw.url ?? '/', cause);
      void reply.code(status).header('x-content-type-options', 'nosniff').send(body);
    },
    clientErrorHandler: refuseBytes,
  });
  const hook = createAuthHook(config.authHookUrl);
  const dist = options.dist ?? join(import.meta.dirname, '../../dist');
  let address = `http://127.0.0.1:${String(config.port)}`;
  const streams =
    options.streams === false
      ? null
      : await openStreams({
          ...{ config, auth, hook, engines, log },
          dist: options.site === false ? null : dist,
          base: () => config.publicUrl?.replace(/\/$/, '') ?? address,
          overhear: (frame) => livestream?.overhear(frame),
        });
  const livestream: Livestream | null =
    streams === null ? null : await openLivestream({ config, auth, engines, log, ...streams, urls: streams.deps.urls });

  app.setErrorHandler(async (cause, request, reply) => {
    const refusal = refusalOf(cause);
    if (refusal.status >= 500) request.log.error({ err: cause }, 'a request failed');
    await sendRefusal(reply, refusal);
  });
  app.setNotFoundHandler(async (_request, reply) => {
    await sendRefusal(reply, {
      status: 404,
      type: 'invalid_request_error',
      code: 'not_found',
      message: 'There is nothing here.',
      param: null,
    });
  });
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'strict-origin-when-cross-origin');
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'unknown';
    request.log.debug({ method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });

  await app.register(async (api) => {
    await api.register(rateLimit, { max: config.ratePerMinute, timeWindow: 60_000 });
    secretRoutes(api, { auth, engines });
    forPages(api, auth, (pages) => {
      pageTokenRoutes(pages, { auth, hook, config, engines, service: rtvt });
      rtvtTokenRoutes(pages, { auth, hook, config, service: rtvt });
      roomTokenRoutes(pages, { auth, hook, config });
      streams?.pageRoutes(pages);
    });
    statusRoutes(api, { readiness, metrics, auth, sessions: () => sessions.size, streams: streams?.told ?? null });
    realtimeRoutes(api, { auth, sessions, upgrades });
    rtvtRoutes(api, { auth, service: rtvt, sockets: rtvtSockets, upgrades });
    const rooms = { auth, sockets: roomSockets, upgrades };
    if (livestream === null) roomRoutes(api, rooms);
    else livestream.socketRoutes(api, upgrades, roomDoor(rooms));
    await streams?.routes(api, upgrades, (scope) => livestream?.routes(scope) ?? Promise.resolve());
  });
  // A player asks every second: it is not for the limit above.
  if (streams !== null) {
    await app.register((scope, _options, done) => {
      streams.mediaRoutes(scope);
      done();
    });
  }
  if (options.site !== false) {
    await siteRoutes(app, { dist, connect: openAiOrigins(config), keep: join(config.dataDir, 'embed') });
  }
  await app.ready();
  const parts = {
    config,
    auth,
    readiness,
    sessions,
    rtvt,
    rtvtSockets,
    rooms,
    roomSockets,
    upgrades,
    engines,
    streams,
    livestream,
    slow,
  };
  return mount(app, parts, (url) => (address = url));
}

/** With a key of OpenAI's, pages may talk to it themselves. */
function openAiOrigins(config: Config): readonly string[] {
  if (config.openai.apiKey === null) return [];
  const { origin } = new URL(config.openai.baseUrl);
  return [origin, origin.replace(/^http/, 'ws')];
}
