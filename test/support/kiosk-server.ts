import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';

/** A kiosk's page and a service for it that connects and says nothing, to be cut, held up and silenced by a proof. */

export interface KioskServer {
  readonly port: number;
  /** Bodies that were sent to `/health`, oldest first. */
  readonly reports: readonly string[];
  /** Sockets that were opened so far. */
  readonly connections: number;
  /** Cuts every open socket. */
  cut(): void;
  /** Takes no more sockets and answers nothing while false; `pages`: answers the page and nothing else. */
  reachable(what: boolean | 'pages'): void;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' };

/** `page`: the body of `/`; `served`: the folder with the built widget; `headers` go with every answer. */
export async function kioskServer(
  page: string,
  served = 'dist',
  headers: Readonly<Record<string, string>> = {},
): Promise<KioskServer> {
  const reports: string[] = [];
  let reachable: boolean | 'pages' = true;
  let connections = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://kiosk');
    if (reachable === false || (reachable === 'pages' && pathname !== '/')) return void request.socket.destroy();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (pathname === '/health') {
        reports.push(Buffer.concat(pieces).toString());
        return response.writeHead(204).end();
      }
      if (pathname === '/auth/page-token')
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ value: 'a-token', expires_at: Math.floor(Date.now() / 1000) + 3600 }));
      if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      const file = resolve(served, `.${pathname}`);
      if (!file.startsWith(resolve(served)) || !existsSync(file) || !statSync(file).isFile())
        return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
    });
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  server.on('upgrade', (request, socket, head) => {
    if (reachable !== true) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => {
      connections += 1;
      converse(client);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    reports,
    get connections() {
      return connections;
    },
    cut: () => {
      for (const client of sockets.clients) client.terminate();
    },
    reachable: (what) => {
      reachable = what;
    },
    close: () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

const session = {
  id: 'sess_kiosk',
  type: 'realtime',
  object: 'realtime.session',
  model: 'none',
  output_modalities: ['audio'],
  audio: { input: { format: { type: 'audio/pcm', rate: 24000 } }, output: { format: { type: 'audio/pcm', rate: 24000 } } },
};

/** As much of the protocol as makes a client ready. */
function converse(client: WebSocket): void {
  const send = (message: object): void => client.send(JSON.stringify(message));
  send({ type: 'session.created', event_id: 'e1', session });
  client.on('message', (data) => {
    const { type } = JSON.parse((data as Buffer).toString()) as { readonly type: string };
    if (type === 'session.update') send({ type: 'session.updated', event_id: 'e2', session });
  });
}
