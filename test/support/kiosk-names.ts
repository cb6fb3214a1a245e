import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Names that stop being resolved, for a browser that asks a SOCKS 5 proxy for them (RFC 1928): what is connected stays so, a new connection
 * finds no host. Every name is this machine.
 */

export interface Names {
  /** For `--proxy-server`. */
  readonly proxy: string;
  resolved(yes: boolean): void;
  close(): Promise<void>;
}

const NO_AUTHENTICATION = Buffer.of(5, 0);
const reply = (code: number): Buffer => Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
const HOST_UNREACHABLE = 4;

export async function names(): Promise<Names> {
  let resolves = true;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    client.once('data', () => {
      client.write(NO_AUTHENTICATION);
      client.once('data', (request: Buffer) => {
        if (!resolves) return void client.end(reply(HOST_UNREACHABLE));
        const target = connect(request.readUInt16BE(request.length - 2), '127.0.0.1', () => {
          client.write(reply(0));
          client.pipe(target).pipe(client);
        });
        target.on('error', () => client.destroy()).on('close', () => client.destroy());
        client.on('close', () => target.destroy());
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    proxy: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    resolved: (yes) => {
      resolves = yes;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
