import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import fastify from 'fastify';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import type { Upgrades } from '../../demo/server/app.ts';
import { AuthError, createAuth } from '../../demo/server/auth.ts';
import type { Auth } from '../../demo/server/auth.ts';
import { readConfig } from '../../demo/server/config.ts';
import { noticeRoutes } from '../../demo/server/http/notices.ts';
import { roomDoor } from '../../demo/server/http/rooms.ts';
import type { SocketLimits } from '../../demo/server/http/sockets.ts';
import type { Bearer } from '../../demo/server/livestream/auth/tokens.ts';
import type { Revocations } from '../../demo/server/livestream/auth/revocations.ts';
import { openRevocations } from '../../demo/server/livestream/auth/revocations.ts';
import { createNotices } from '../../demo/server/livestream/notices/create-notices.ts';
import type { KeptNotices } from '../../demo/server/livestream/notices/create-notices.ts';
import { noticeSockets } from '../../demo/server/livestream/notices/notice-sockets.ts';
import type { NoticeSockets } from '../../demo/server/livestream/notices/notice-sockets.ts';
import { createTasks } from '../../demo/server/livestream/tasks.ts';
import type { NewTask, Tasks } from '../../demo/server/livestream/tasks.ts';
import { RoomBus } from '../../demo/server/rooms/bus.ts';
import { createRoomSockets } from '../../demo/server/rooms/sockets.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { KEY } from './client.ts';
import type { Json } from './client.ts';

/** The sockets of notices on a port of their own over a real database; a token is `user:Unix ms of its end:login`, the last of which may be missing. */

export interface ServedNotices {
  readonly database: Database;
  readonly notices: KeptNotices;
  readonly tasks: Tasks;
  readonly sockets: NoticeSockets;
  readonly rooms: RoomBus;
  readonly auth: Auth;
  readonly revocations: Revocations;
  /** `ws://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

export const GOOD = 'ann:9000000000000';

export interface ServeNoticesOptions {
  /** Default: one of its own, in memory. */
  readonly database?: Database;
  readonly limits?: Partial<SocketLimits>;
}

export async function serveNotices({ database: given, limits }: ServeNoticesOptions = {}): Promise<ServedNotices> {
  const log = pino({ level: 'silent' });
  const auth = createAuth(readConfig({ GATEWAY_API_KEY: KEY }, 0));
  const database = given ?? (await openDatabase({ databaseUrl: null, dataDir: null }));
  const notices = await createNotices({ database, log });
  const revocations = await openRevocations({ database, seconds: 3600 });
  const sockets = noticeSockets({ notices, revocations, log, ...(limits === undefined ? {} : { limits }) });
  const rooms = new RoomBus();
  const roomSockets = createRoomSockets(rooms, log);
  const upgrades: Upgrades = new WeakMap();
  const app = fastify();
  noticeRoutes(app, {
    ...{ auth, sockets, upgrades },
    tokens: { verify },
    rooms: roomDoor({ auth, sockets: roomSockets, upgrades }),
  });
  await app.ready();
  const server = createServer((request, response) => app.routing(request, response));
  const open = new Set<Socket>();
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    open.add(socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy()));
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    app.routing(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ database, notices, sockets, rooms, auth, revocations, port },
    tasks: createTasks(database, notices),
    url: `ws://127.0.0.1:${port}`,
    cut: () => open.forEach((socket) => socket.destroy()),
    close: async () => {
      sockets.close();
      roomSockets.close();
      await notices.close();
      await app.close();
      server.closeAllConnections();
      server.close();
      if (given === undefined) await database.destroy();
    },
  };
}

function verify(credential: string | null): Promise<Bearer> {
  const [subject = '', end = '', login = null] = (credential ?? '').split(':');
  const expiresAt = Number(end) / 1000;
  if (subject === '' || !(expiresAt > Date.now() / 1000)) {
    return Promise.reject(new AuthError(401, 'invalid_token', 'Invalid or expired token'));
  }
  return Promise.resolve({ subject, kind: 'token', expiresAt, login });
}

export const newTask = (number: number): NewTask => ({
  ...{ id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, url: 'https://live.test/1' },
  ...{ livestream_name: `Launch ${number}`, entity: null, start_time: new Date('2026-11-20T10:00:00Z'), status: 'pending' },
  ...{ bililive_live_id: null, host_name: 'Host', prompt_name: null, prompt_content: '', livestream_image: null },
  ...{ summary_report: null, owner: 'ann', wanted: true },
});

export interface Listener {
  readonly socket: WebSocket;
  readonly messages: Json[];
  readonly closed: Promise<number>;
  /** Ids of the notices, in the order in which they came. */
  ids(): number[];
  wait(matches: (message: Json) => boolean): Promise<Json>;
}

/** Resolves when the first message is there. */
export async function listen(url: string, path: string, headers: Record<string, string> = {}): Promise<Listener> {
  const socket = new WebSocket(`${url}${path}`, { headers });
  const messages: Json[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as Json);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  const listener: Listener = {
    ...{ socket, messages, closed },
    ids: () => messages.flatMap(({ id }) => (typeof id === 'number' ? [id] : [])),
    wait: (matches) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`it did not come: ${JSON.stringify(messages).slice(0, 500)}`)), 20_000);
        const look = (): void => {
          const found = messages.find(matches);
          if (found === undefined) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  await listener.wait(() => true);
  return listener;
}
