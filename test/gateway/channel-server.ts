import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import fastify from 'fastify';
import type { Logger } from 'pino';
import type { Upgrades } from '../../demo/server/app.ts';
import type { Auth } from '../../demo/server/auth.ts';
import { channelRoutes } from '../../demo/server/http/channels.ts';
import { createChannels } from '../../demo/server/rtstream/channels/channels.ts';
import type { ChannelLimits, ChannelSockets } from '../../demo/server/rtstream/channels/channels.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** Channel sockets on a port of their own, without the rest of the gateway. */

export interface ServedChannels {
  readonly channels: ChannelSockets;
  /** `http://127.0.0.1:PORT` */
  readonly base: string;
  close(): Promise<void>;
}

/** In memory (or the server of `TEST_DATABASE_URL`), with collection `c-1` and streams `rts-1`, `rts-2`. */
export async function databaseOfStreams(): Promise<Database> {
  const database = await openDatabase({ databaseUrl: process.env['TEST_DATABASE_URL'] ?? null, dataDir: null });
  await database.insertInto('collections').values({ id: 'c-1', name: '', description: '' }).execute();
  const stream = { collection_id: 'c-1', ingest_mode: 'push', sample_rate: 30, store: true, status: 'connected' } as const;
  await database
    .insertInto('streams')
    .values(['rts-1', 'rts-2'].map((id) => ({ ...stream, id, name: id, media_types: ['video'] })))
    .execute();
  return database;
}

export interface ServeChannelsOptions {
  readonly database: Database;
  readonly auth: Auth;
  readonly log: Logger;
  readonly limits?: Partial<ChannelLimits>;
}

export async function serveChannels({ database, auth, log, limits = {} }: ServeChannelsOptions): Promise<ServedChannels> {
  const channels = await createChannels({ database, auth, log, limits });
  const upgrades: Upgrades = new WeakMap();
  const app = fastify();
  channelRoutes(app, { auth, channels, upgrades });
  await app.ready();
  const server = createServer((request, response) => app.routing(request, response));
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    app.routing(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    channels,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await channels.close();
      await app.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
