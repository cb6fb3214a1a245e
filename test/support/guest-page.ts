import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';

/** A page of somebody else: another origin than the site's, with whatever policy it wants. */

export interface GuestPage {
  readonly url: string;
  /** Paths that were asked of it, by the page and its workers, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface GuestPageOptions {
  readonly body: string;
  /** e.g. a Content-Security-Policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** More paths, e.g. scripts of the page. */
  readonly files?: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
  /** A folder whose files are on this origin too, e.g. `dist` for somebody who hosts the widget. */
  readonly served?: string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.html': 'text/html',
};

function fileUnder(folder: string, url: string): string | null {
  const path = resolve(folder, `.${new URL(url, 'http://guest').pathname}`);
  return path.startsWith(resolve(folder)) && existsSync(path) && statSync(path).isFile() ? path : null;
}

/** The origin of the site under test, from the global set-up. */
export function siteUrl(): string {
  const url = process.env['SITE_URL'];
  if (url === undefined) throw new Error('SITE_URL is not set: these specs run under test/playwright.config.ts');
  return url;
}

export async function guestPage({ body, headers = {}, files = {}, served }: GuestPageOptions): Promise<GuestPage> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    if (file !== undefined) return response.writeHead(200, { 'content-type': file.type }).end(file.content);
    const beside = served === undefined ? null : fileUnder(served, request.url ?? '');
    if (beside !== null)
      return response
        .writeHead(200, { 'content-type': types[extname(beside)] ?? 'text/plain', ...(beside.endsWith('.html') ? headers : {}) })
        .end(readFileSync(beside));
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    if (request.url !== '/') return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
      .end(`<!doctype html><html lang="en"><head><title>A guest</title></head><body>${body}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((fault) => (fault === undefined ? resolve() : reject(fault)));
      }),
  };
}
