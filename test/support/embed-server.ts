import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

/** Folders of built scripts on loopback, each under a name of its own, with a page that holds whatever is asked for. */

export interface EmbedServer {
  /** Origin with a slash at its end. */
  readonly url: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** `folders`: first part of the path → folder; `pages`: path → HTML. Whatever else is asked for is not there. */
export async function embedServer(
  folders: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, string>>,
): Promise<EmbedServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://embed');
    const page = pages[pathname];
    if (page !== undefined) return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    const [name = '', ...rest] = pathname.slice(1).split('/');
    const folder = folders[name];
    const file = folder === undefined ? null : resolve(join(folder, ...rest));
    if (
      folder === undefined ||
      file === null ||
      !file.startsWith(resolve(folder)) ||
      !existsSync(file) ||
      !statSync(file).isFile()
    )
      return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
