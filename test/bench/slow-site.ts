import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WebSocketServer, type WebSocket } from 'ws';

/** A page with the built tag and a service that makes it ready, both one round trip away: what is asked for one after the other is seen in time. */

export interface Asked {
  readonly path: string;
  /** `performance.now()` when it was asked for, and when the answer left. */
  readonly atMs: number;
  readonly doneMs: number;
  /** As it travels. */
  readonly gzip: number;
}

export interface SlowSite {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Resolves with `performance.now()` of the first frame of speech that arrives. */
  firstFrame(): Promise<number>;
  close(): void;
}

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

const session = {
  id: 'sess_slow',
  type: 'realtime',
  object: 'realtime.session',
  model: 'none',
  output_modalities: ['audio'],
  audio: { input: { format: { type: 'audio/pcm', rate: 24000 } }, output: { format: { type: 'audio/pcm', rate: 24000 } } },
};

/** `embed`: folder of the build; `page`: the body of `/`; every answer is held back for `roundTripMs`. */
export async function slowSite(embed: string, page: string, roundTripMs: number): Promise<SlowSite> {
  const asked: Asked[] = [];
  const later = (work: () => void): unknown => setTimeout(work, roundTripMs);
  const server = createServer((request, response) => {
    const atMs = performance.now();
    const { pathname } = new URL(request.url ?? '/', 'http://slow');
    const answer = (status: number, type: string, body: string | Buffer): void => {
      later(() => {
        if (pathname !== '/')
          asked.push({ path: pathname, atMs, doneMs: performance.now(), gzip: gzipSync(body, { level: 9 }).length });
        response.writeHead(status, { 'content-type': type, 'cache-control': 'max-age=3600' }).end(body);
      });
    };
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (pathname === '/auth/page-token')
      return answer(
        200,
        'application/json',
        JSON.stringify({ value: 'a-token', expires_at: Math.floor(Date.now() / 1000) + 3600 }),
      );
    const file = resolve(embed, `.${pathname.replace(/^\/embed/, '')}`);
    if (!file.startsWith(resolve(embed)) || !existsSync(file) || !statSync(file).isFile()) return answer(404, 'text/plain', '');
    return answer(200, types[extname(file)] ?? 'text/plain', readFileSync(file));
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  let framed: (atMs: number) => void = () => undefined;
  const firstFrame = new Promise<number>((done) => {
    framed = done;
  });
  server.on('upgrade', (request, socket, head) => {
    later(() => {
      sockets.handleUpgrade(request, socket, head, (client) => {
        converse(client, later, () => {
          framed(performance.now());
        });
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    firstFrame: () => firstFrame,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As much of the protocol as makes a client ready and lets it speak. */
function converse(client: WebSocket, later: (work: () => void) => unknown, framed: () => void): void {
  const send = (message: object): void => client.send(JSON.stringify(message));
  send({ type: 'session.created', event_id: 'e1', session });
  client.on('message', (data) => {
    const { type } = JSON.parse((data as Buffer).toString()) as { readonly type: string };
    if (type === 'session.update') later(() => send({ type: 'session.updated', event_id: 'e2', session }));
    if (type === 'input_audio_buffer.append') framed();
  });
}
