import type { EventEmitter } from 'node:events';
import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Upgrades } from './app.ts';
import type { Auth } from './auth.ts';
import type { Config } from './config.ts';
import type { Engine, Engines } from './engines/engine.ts';
import { hangUp } from './http/hang-up.ts';
import { listenBeside } from './http/second-port.ts';
import type { SecondPort } from './http/second-port.ts';
import type { SlowLimits } from './http/slow-limits.ts';
import type { Livestream } from './livestream/open-livestream.ts';
import type { Readiness } from './readiness.ts';
import type { RealtimeSessions } from './realtime/sessions.ts';
import type { RoomBus } from './rooms/bus.ts';
import type { RoomSockets } from './rooms/sockets.ts';
import type { Streams } from './rtstream/open-streams.ts';
import { RTSTREAM_PATH } from './rtstream/api/plain-path.ts';
import type { RtvtService } from './rtvt/service.ts';
import { listenTcp } from './rtvt/tcp.ts';
import type { TcpListener } from './rtvt/tcp.ts';
import type { RtvtSockets } from './rtvt/web-sockets.ts';

/** The gateway as it stands on its ports, or in another server: its paths, upgrades, beginning and end. */

export interface Gateway extends Readiness {
  readonly auth: Auth;
  /** What is published in rooms. */
  readonly rooms: RoomBus;
  /** Null: this gateway takes in none. */
  readonly streams: Streams | null;
  /** Null: without streams there are none. */
  readonly livestream: Livestream | null;
  /** Where livestream clients find it that cannot be told the first port; null = nowhere else. */
  readonly livestreamPort: number | null;
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
  /^\/(v1|auth|openai\/v1|service|gate|rtvt|rooms|ws|capture|live|livestream|manifests|published|compiled|watch)\/|^\/(health|metrics|watch|embed|ws)\/?(\?|$)/;
const isOwn = (url: string): boolean => OWN_PATH.test(url) || RTSTREAM_PATH.test(url);
const DRAIN_MS = 5000;

export interface Parts {
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
  readonly livestream: Livestream | null;
  readonly slow: SlowLimits;
}

/** `listening`: told where it is reached, once it is. */
export function mount(app: FastifyInstance, parts: Parts, listening: (url: string) => void): Gateway {
  const { streams, livestream } = parts;
  const { config, auth, readiness, sessions, rtvt, rtvtSockets, rooms, roomSockets, upgrades, engines } = parts;
  let tcp: TcpListener | null = null;
  let second: SecondPort | null = null;
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    if (!isOwn(request.url ?? '') || !(socket instanceof Socket)) return false;
    // Through the router like any request: the same limits, the same refusals in JSON.
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => hangUp(socket));
    socket.on('error', () => socket.destroy());
    app.routing(request, response);
    return true;
  };
  const refuseOthers = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!upgrade(request, socket, head)) hangUp(socket, 'HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  };
  return {
    auth,
    rooms,
    streams,
    livestream,
    get livestreamPort() {
      return second?.port ?? null;
    },
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
      if (config.livestream.port !== null && livestream !== null) {
        second = await listenBeside({ host, port: config.livestream.port, handle: app.routing, upgrade, slow: parts.slow });
      }
      await streams?.resume();
      await livestream?.resume();
      return url;
    },
    close: async () => {
      await Promise.all([sessions.close(DRAIN_MS), rtvt.close(DRAIN_MS)]);
      tcp?.close();
      await second?.close();
      rtvtSockets.close();
      roomSockets.close();
      await livestream?.close();
      await streams?.close();
      await app.close();
      const { translate, ...always } = engines;
      const all: readonly Engine[] = [always.hear, always.activity, always.answer, always.speak, always.see];
      await Promise.all([...all, ...(translate == null ? [] : [translate])].map((engine) => engine.close()));
    },
  };
}
