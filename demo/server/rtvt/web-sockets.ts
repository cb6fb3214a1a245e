import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { MOST_BYTES, RtvtConnection } from './connection.ts';
import { GateConnection } from './gate.ts';
import type { Link } from './link.ts';
import type { RtvtService } from './service.ts';

/** RTVT over WebSocket: one FPNN message a WebSocket message, or the raw frames of the gate. */

/** How long a peer may take to close, ms. */
const CLOSE_MS = 1000;

export interface RtvtSockets {
  /** FPNN. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The gate. `query`: of its URL. */
  takeGate(request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void;
  close(): void;
}

export function createSockets(service: RtvtService): RtvtSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    // FPNN in a text frame is taken as well, and is no UTF-8.
    skipUTF8Validation: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, begin: (ws: WebSocket) => void): void => {
    server.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', (cause) => service.log.debug({ err: cause }, 'an RTVT socket failed'));
      begin(ws);
    });
  };
  return {
    take: (request, socket, head) =>
      upgrade(request, socket, head, (ws) => {
        const connection = new RtvtConnection(linkOf(ws), service);
        ws.on('message', (data: Buffer) => connection.receive(data));
        ws.on('ping', () => connection.touched());
        ws.on('close', () => connection.closed());
      }),
    takeGate: (request, socket, head, query) =>
      upgrade(request, socket, head, (ws) => {
        const connection = new GateConnection(linkOf(ws), service, query);
        ws.on('message', (data: Buffer, binary: boolean) => {
          if (binary) connection.sound(data);
          else connection.command(data.toString('utf8'));
        });
        ws.on('close', () => connection.closed());
        connection.start();
      }),
    close: () => server.close(),
  };
}

function linkOf(ws: WebSocket): Link {
  return {
    send: (data) => {
      if (ws.readyState === ws.OPEN) ws.send(data);
    },
    waiting: () => ws.bufferedAmount,
    read: (wanted) => {
      if (wanted) ws.resume();
      else ws.pause();
    },
    close: () => {
      ws.close(1001, 'going away');
      setTimeout(() => ws.terminate(), CLOSE_MS).unref();
    },
    drop: () => ws.terminate(),
  };
}
