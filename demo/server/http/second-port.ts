import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isLoopbackHost } from '../auth.ts';
import { refuseBytes } from './framework-fault.ts';
import { hangUp } from './hang-up.ts';
import { slowOptions } from './slow-limits.ts';
import type { SlowLimits } from './slow-limits.ts';

/** The same routes on another port, for clients that cannot be told the first; `localhost` is both of its addresses. */

export interface SecondPort {
  readonly port: number;
  close(): Promise<void>;
}

export interface SecondPortOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** False: nobody's. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  readonly slow: SlowLimits;
}

/** What a machine without IPv6 says. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Rejects when the port is taken. */
export async function listenBeside({ host, port, handle, upgrade, slow }: SecondPortOptions): Promise<SecondPort> {
  const open = (address: string, on: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer(slowOptions(slow), handle);
      server.on('upgrade', (request, socket, head) => {
        if (!upgrade(request, socket, head)) hangUp(socket, 'HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      });
      server.on('clientError', refuseBytes);
      server.once('error', reject);
      server.listen(on, address, () => {
        server.off('error', reject);
        resolve(server);
      });
    });
  const first = await open(host === 'localhost' ? '127.0.0.1' : host, port);
  const { port: bound } = first.address() as AddressInfo;
  const servers = [first];
  const other = isLoopbackHost(host) ? (host.includes(':') ? '127.0.0.1' : '::1') : null;
  if (other !== null) {
    try {
      servers.push(await open(other, bound));
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && NO_SUCH_ADDRESS.has(String(cause.code)))) {
        await closed(first);
        throw cause;
      }
    }
  }
  return {
    port: bound,
    close: async () => {
      await Promise.all(servers.map(closed));
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
