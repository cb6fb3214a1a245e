import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { FrameStream } from '../../../src/protocols/rtvt/frame-stream.ts';
import { AddressRate } from './address-rate.ts';
import { MOST_BYTES, RtvtConnection } from './connection.ts';
import type { Link } from './link.ts';
import type { RtvtService } from './service.ts';

/** RTVT over raw TCP, as the SDKs for Python, Go, Java and phones speak it; the first four bytes tell it from HTTP. */

/** Whoever says nothing for so long is no client, ms. */
const FIRST_BYTES_MS = 10_000;
const HTTP_BEGINNINGS = ['GET ', 'POST', 'HEAD', 'OPTI'];

export interface TcpListener {
  readonly port: number;
  close(): void;
}

export interface TcpOptions {
  readonly service: RtvtService;
  /** Takes connections that turn out to speak HTTP. */
  readonly http: HttpServer;
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Connections a minute from one address. */
  readonly ratePerMinute: number;
}

export async function listenTcp({ service, http, host, port, ratePerMinute }: TcpOptions): Promise<TcpListener> {
  const rate = new AddressRate(ratePerMinute);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (!rate.take(socket.remoteAddress ?? '', performance.now())) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', (cause) => {
      service.log.debug({ err: cause }, 'an RTVT connection failed');
      socket.destroy();
    });
    decide(socket, service, http);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Waits for four bytes. */
function decide(socket: Socket, service: RtvtService, http: HttpServer): void {
  const timer = setTimeout(() => socket.destroy(), FIRST_BYTES_MS);
  socket.once('close', () => clearTimeout(timer));
  let head = Buffer.alloc(0);
  const more = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const first = head.subarray(0, 4).toString('latin1');
    const possible = ['FPNN', ...HTTP_BEGINNINGS].some((beginning) => beginning.startsWith(first));
    if (possible && head.length < 4) return;
    clearTimeout(timer);
    socket.off('data', more);
    if (first === 'FPNN') speak(socket, service, head);
    else if (possible) hand(socket, http, head);
    else socket.destroy();
  };
  socket.on('data', more);
}

function hand(socket: Socket, http: HttpServer, head: Buffer): void {
  socket.pause();
  http.emit('connection', socket);
  socket.unshift(head);
  socket.resume();
}

function speak(socket: Socket, service: RtvtService, head: Buffer): void {
  const stream = new FrameStream(MOST_BYTES);
  const connection = new RtvtConnection(linkOf(socket), service);
  const take = (chunk: Buffer): void => {
    connection.touched();
    try {
      for (const message of stream.push(chunk)) connection.receive(message);
    } catch {
      // No beginning of a message: from here on the stream makes no sense.
      service.metrics.dropped('rtvt-malformed');
      connection.drop();
    }
  };
  socket.on('data', take);
  socket.on('close', () => connection.closed());
  take(head);
}

const linkOf = (socket: Socket): Link => ({
  send: (data) => void socket.write(data),
  waiting: () => socket.writableLength,
  read: (wanted) => {
    if (wanted) socket.resume();
    else socket.pause();
  },
  close: () => socket.destroySoon(),
  drop: () => socket.destroy(),
});
