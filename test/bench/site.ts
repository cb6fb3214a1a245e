import { EventEmitter, once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { cacheFolder } from './rivals.ts';

/** The bench page, built as a site would build it, and served on loopback: at `/` as it is, at `/strict/` under a strict policy. */

const ROOT = join(import.meta.dirname, 'page');
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface Site {
  readonly url: string;
  readonly folder: string;
  /** The next body that a page posts to `/report`. */
  reported(timeoutMs: number): Promise<string>;
  close(): void;
}

/** `rivals`: folder names under `/rivals/` and where they are. `files`: further ones at the root. */
export async function openSite(
  rivals: Readonly<Record<string, string | null>>,
  files: Readonly<Record<string, Buffer>>,
): Promise<Site> {
  const folder = cacheFolder('site');
  await build({
    configFile: false,
    root: ROOT,
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: false },
    worker: { format: 'es' },
  });
  for (const [name, source] of Object.entries(rivals)) {
    if (source !== null) cpSync(source, join(folder, 'rivals', name), { recursive: true });
  }
  const reports = new EventEmitter();
  const server: Server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        reports.emit('report', body);
        response.end();
      });
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const strict = pathname.startsWith('/strict/');
    const name = (strict ? pathname.slice('/strict'.length) : pathname).replace(/\/$/, '/index.html');
    const path = join(folder, normalize(name));
    const body = files[name.slice(1)] ?? (path.startsWith(folder) && existsSync(path) ? readFileSync(path) : null);
    response.writeHead(body === null ? 404 : 200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      ...(strict ? { 'content-security-policy': POLICY } : {}),
    });
    response.end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder,
    reported: async (timeoutMs) => {
      const [body] = (await once(reports, 'report', { signal: AbortSignal.timeout(timeoutMs) })) as [string];
      return body;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
