import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import fastify from 'fastify';
import { pino } from 'pino';
import type { Upgrades } from '../../demo/server/app.ts';
import { createAuth } from '../../demo/server/auth.ts';
import { createCapture } from '../../demo/server/capture/capture.ts';
import type { Capture } from '../../demo/server/capture/capture.ts';
import type { CaptureLimits } from '../../demo/server/capture/lifecycle.ts';
import { captureRoutes, captureTokenRoutes } from '../../demo/server/capture/routes.ts';
import { readConfig } from '../../demo/server/config.ts';
import { forPages } from '../../demo/server/http/page-admission.ts';
import { refusalOf, sendRefusal } from '../../demo/server/http/fault-reply.ts';
import type { Notice } from '../../demo/server/rtstream/alerts/alerts.ts';
import { ApiError } from '../../demo/server/rtstream/api/api-error.ts';
import type { ChannelFrame } from '../../demo/server/rtstream/channels/frame.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** The capture part of a gateway by itself: real sockets, spool and rows; a stand-in takes in what streams would. */

export const KEY = 'test-gateway-key';
export const PAGE = 'http://localhost:5173';

/** What a decoder was given of one stream: a list for each time that it opened the source. */
export interface TakenIn {
  readonly opened: { readonly bytes: Uint8Array[]; ended: boolean; startMs: number | null }[];
  running: boolean;
}

export interface CaptureGateway {
  readonly capture: Capture;
  readonly base: string;
  readonly folder: string;
  readonly frames: ChannelFrame[];
  readonly notices: Notice[];
  /** By stream id. */
  readonly taken: ReadonlyMap<string, TakenIn>;
  /** Sockets that are connected now; destroying one is a cut. */
  readonly sockets: ReadonlySet<Socket>;
  /** How far streams count as recorded, Unix ms. */
  readonly recorded: Map<string, number>;
  close(): Promise<void>;
}

export interface CaptureGatewayOptions {
  readonly database: Database;
  readonly limits?: Partial<CaptureLimits>;
  /** Of a gateway before, to go on with. */
  readonly folder?: string;
  readonly maxStreams?: number;
}

export async function serveCapture({
  database,
  limits = {},
  folder,
  maxStreams = 16,
}: CaptureGatewayOptions): Promise<CaptureGateway> {
  const log = pino({ level: 'silent' });
  const config = readConfig({ GATEWAY_API_KEY: KEY }, 0);
  const auth = createAuth(config);
  const spool = folder ?? mkdtempSync(join(tmpdir(), 'viva-voce-capture-'));
  const frames: ChannelFrame[] = [];
  const notices: Notice[] = [];
  const taken = new Map<string, TakenIn>();
  const recorded = new Map<string, number>();
  const readers = new Map<string, Readable>();

  const take = (streamId: string, source: NonNullable<ReturnType<Capture['captured']>>): void => {
    const entry = taken.get(streamId) ?? { opened: [], running: false };
    taken.set(streamId, entry);
    entry.running = true;
    const open = (): void => {
      const reader = source.open();
      const piece: TakenIn['opened'][number] = { bytes: [], ended: false, startMs: null };
      readers.set(streamId, reader);
      reader.on('data', (bytes: Buffer) => {
        if (piece.bytes.length === 0) entry.opened.push(piece);
        piece.bytes.push(Uint8Array.from(bytes));
        piece.startMs = source.startMs?.() ?? null;
      });
      reader.on('error', () => undefined);
      reader.on('end', () => {
        piece.ended = true;
        if (entry.running) open();
      });
    };
    open();
  };
  const sync = async (streamId: string): Promise<void> => {
    const row = await database.selectFrom('streams').selectAll().where('id', '=', streamId).executeTakeFirstOrThrow();
    const entry = taken.get(streamId);
    const source = capture.captured(row);
    if (row.status === 'connected' && entry?.running !== true && source !== null) take(streamId, source);
    if (row.status === 'stopped' && entry !== undefined) {
      entry.running = false;
      readers.get(streamId)?.destroy();
    }
  };

  const capture: Capture = await createCapture({
    database,
    running: () => ({ sync, settled: () => Promise.resolve() }),
    recordedUntilMs: (streamId) => recorded.get(streamId) ?? null,
    folder: spool,
    maxStreams,
    channels: { publish: (frame) => void frames.push(frame) },
    webhooks: { send: (notice) => Promise.resolve(void notices.push(notice)) },
    exportCapture: ({ pictureStreamId, soundStreamIds }) =>
      pictureStreamId === null && soundStreamIds.length === 0
        ? Promise.reject(new Error('Nothing is recorded of this session.'))
        : Promise.resolve({ videoId: 'm-1', streamUrl: 'https://x/m-1.m3u8', playerUrl: 'https://x/watch?v=m-1' }),
    log,
    limits,
  });
  const upgrades: Upgrades = new WeakMap();
  const app = fastify();
  app.setErrorHandler(async (cause, _request, reply) => {
    if (cause instanceof ApiError) await reply.code(cause.status).send({ error: { code: cause.code } });
    else await sendRefusal(reply, refusalOf(cause));
  });
  const hook = () => Promise.resolve(null);
  forPages(app, auth, (pages) => captureTokenRoutes(pages, { auth, hook, config, database, capture }));
  const closeSockets = captureRoutes(app, { auth, config, capture, upgrades, log });
  await app.ready();
  const server = createServer((request, response) => app.routing(request, response));
  const sockets = new Set<Socket>();
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    app.routing(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // As the gateway does at its start.
  const streams = await database.selectFrom('streams').select('id').where('status', '=', 'connected').execute();
  for (const { id } of streams) await sync(id);
  let closed = false;
  return {
    ...{ capture, folder: spool, frames, notices, taken, sockets, recorded },
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      if (closed) return;
      closed = true;
      closeSockets();
      for (const entry of taken.values()) entry.running = false;
      for (const reader of readers.values()) reader.destroy();
      await capture.close();
      await app.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      server.close();
      if (folder === undefined && limits.keptMs !== Infinity) rmSync(spool, { recursive: true, force: true });
    },
  };
}
