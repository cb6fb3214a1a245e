import type { EventEmitter } from 'node:events';
import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createAuth } from './auth.ts';
import type { Auth } from './auth.ts';
import { createAuthHook } from './auth-hook.ts';
import type { Config } from './config.ts';
import type { Engine, Engines } from './engines/engine.ts';
import { refusalOf, sendRefusal } from './http/fault-reply.ts';
import { forPages } from './http/page-admission.ts';
import { realtimeRoutes } from './http/realtime.ts';
import { roomRoutes, roomTokenRoutes } from './http/rooms.ts';
import { rtvtRoutes, rtvtTokenRoutes } from './http/rtvt.ts';
import { pageTokenRoutes, secretRoutes } from './http/secrets.ts';
import { siteRoutes } from './http/site.ts';
import { statusRoutes } from './http/status.ts';
import { openStreams } from './rtstream/open-streams.ts';
import type { Streams } from './rtstream/open-streams.ts';
import { plainPath, RTSTREAM_PATH } from './rtstream/api/plain-path.ts';
import { warmUp } from './readiness.ts';
import type { Readiness } from './readiness.ts';
import { createMetrics } from './realtime/metrics.ts';
import { RealtimeSessions } from './realtime/sessions.ts';
import { RoomBus } from './rooms/bus.ts';
import { createRoomSockets } from './rooms/sockets.ts';
import type { RoomSockets } from './rooms/sockets.ts';
import { createRtvtMetrics } from './rtvt/metrics.ts';
import { RtvtService } from './rtvt/service.ts';
import { listenTcp } from './rtvt/tcp.ts';
import type { TcpListener } from './rtvt/tcp.ts';
import { createSockets } from './rtvt/web-sockets.ts';
import type { RtvtSockets } from './rtvt/web-sockets.ts';

/** The gateway: every route and socket over one set of engines; alone on a port, or mounted into another server. */

export interface GatewayOptions {
  readonly log: Logger;
  /** Serves the built site and the embed scripts beside the API. Default: true. */
  readonly site?: boolean;
  /** Where the builds are. Default: `dist` at the top of the repository. */
  readonly dist?: string;
  /** Takes in streams, with a database and ffmpeg. Default: true. */
  readonly streams?: boolean;
}

export interface Gateway extends Readiness {
  readonly auth: Auth;
  /** What is published in rooms. */
  readonly rooms: RoomBus;
  /** Null: this gateway takes in none. */
  readonly streams: Streams | null;
  /** Where SDKs that speak raw TCP find RTVT, once it listens; null = nowhere. */
  readonly tcpPort: number | null;
  /** True for paths that the gateway itself answers, site and embed scripts apart. */
  owns(url: string): boolean;
  /** Answers one request, as a Node request listener does. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes a WebSocket upgrade on a path of its own; false = somebody else's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Takes the upgrades of a server that somebody else runs; returns how to let go of it. */
  attach(server: Pick<EventEmitter, 'on' | 'off'>): () => void;
  /** Listens by itself; resolves with its address, e.g. `http://127.0.0.1:8787`. */
  listen(port: number, host: string): Promise<string>;
  /** Finishes answers under way (≤ 5 s), tells every socket 1001, closes the engines. */
  close(): Promise<void>;
}

/** Paths of the API; everything else is the site's. */
const OWN_PATH =
  /^\/(v1|auth|openai\/v1|service|gate|rtvt|rooms|ws|capture|live|manifests|published|compiled|watch)\/|^\/(health|metrics|watch|embed)\/?(\?|$)/;
const isOwn = (url: string): boolean => OWN_PATH.test(url) || RTSTREAM_PATH.test(url);
const DRAIN_MS = 5000;
const BODY_LIMIT_BYTES = 1024 * 1024;

/** What an upgrade brought with it, until its route takes it. */
export type Upgrades = WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>;

export async function createGateway(config: Config, engines: Engines, options: GatewayOptions): Promise<Gateway> {
  const { log } = options;
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
    rewriteUrl: ({ url = '/' }) => plainPath(url),
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
        });

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
    roomRoutes(api, { auth, sockets: roomSockets, upgrades });
    await streams?.routes(api, upgrades);
  });
  // A player asks every second: it is not for the limit above.
  if (streams !== null) {
    await app.register((scope, _options, done) => {
      streams.mediaRoutes(scope);
      done();
    });
  }
  if (options.site !== false) {
    await siteRoutes(app, { dist, connect: openAiOrigins(config) });
  }
  await app.ready();
  const parts = { config, auth, readiness, sessions, rtvt, rtvtSockets, rooms, roomSockets, upgrades, engines, streams };
  return mount(app, parts, (url) => (address = url));
}

/** With a key of OpenAI's, pages may talk to it themselves. */
function openAiOrigins(config: Config): readonly string[] {
  if (config.openai.apiKey === null) return [];
  const { origin } = new URL(config.openai.baseUrl);
  return [origin, origin.replace(/^http/, 'ws')];
}

interface Parts {
  readonly config: Config;
  readonly auth: Auth;
  readonly readiness: Readiness;
  readonly sessions: RealtimeSessions;
  readonly rtvt: RtvtService;
  readonly rtvtSockets: RtvtSockets;
  readonly rooms: RoomBus;
  readonly roomSockets: RoomSockets;
  readonly upgrades: Upgrades;
  readonly engines: Engines;
  readonly streams: Streams | null;
}

/** `listening`: told where it is reached, once it is. */
function mount(app: FastifyInstance, parts: Parts, listening: (url: string) => void): Gateway {
  const { streams } = parts;
  const { config, auth, readiness, sessions, rtvt, rtvtSockets, rooms, roomSockets, upgrades, engines } = parts;
  let tcp: TcpListener | null = null;
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    if (!isOwn(request.url ?? '') || !(socket instanceof Socket)) return false;
    // Through the router like any request: the same limits, the same refusals in JSON.
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    socket.on('error', () => socket.destroy());
    app.routing(request, response);
    return true;
  };
  const refuseOthers = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  };
  return {
    auth,
    rooms,
    streams,
    get tcpPort() {
      return tcp?.port ?? null;
    },
    ready: readiness.ready,
    roles: readiness.roles,
    owns: isOwn,
    handle: (request, response) => app.routing(request, response),
    upgrade,
    attach: (server) => {
      server.on('upgrade', upgrade);
      return () => server.off('upgrade', upgrade);
    },
    listen: async (port, host) => {
      app.server.on('upgrade', refuseOthers);
      await app.listen({ port, host });
      const { tcpPort } = config.rtvt;
      if (tcpPort !== null) {
        const { ratePerMinute } = config;
        tcp = await listenTcp({ service: rtvt, http: app.server, host, port: tcpPort, ratePerMinute });
      }
      const { port: bound } = app.server.address() as AddressInfo;
      const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
      const url = `http://${name}:${bound}`;
      listening(url);
      await streams?.resume();
      return url;
    },
    close: async () => {
      await Promise.all([sessions.close(DRAIN_MS), rtvt.close(DRAIN_MS)]);
      tcp?.close();
      rtvtSockets.close();
      roomSockets.close();
      await streams?.close();
      await app.close();
      const { translate, ...always } = engines;
      const all: readonly Engine[] = [always.hear, always.activity, always.answer, always.speak, always.see];
      await Promise.all([...all, ...(translate == null ? [] : [translate])].map((engine) => engine.close()));
    },
  };
}
