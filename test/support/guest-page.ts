import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else: another origin than the site's, with whatever policy it wants. */

export interface GuestPage {
  readonly url: string;
  close(): Promise<void>;
}

export interface GuestPageOptions {
  readonly body: string;
  /** e.g. a Content-Security-Policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** More paths, e.g. scripts of the page. */
  readonly files?: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
}

/** The origin of the site under test, from the global set-up. */
export function siteUrl(): string {
  const url = process.env['SITE_URL'];
  if (url === undefined) throw new Error('SITE_URL is not set: these specs run under test/playwright.config.ts');
  return url;
}

export async function guestPage({ body, headers = {}, files = {} }: GuestPageOptions): Promise<GuestPage> {
  const server = createServer((request: IncomingMessage, response) => {
    const file = files[request.url ?? ''];
    if (file !== undefined) return response.writeHead(200, { 'content-type': file.type }).end(file.content);
    if (request.url !== '/') return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
      .end(
        `<!doctype html><html lang="en"><head><title>A guest</title><link rel="icon" href="data:," /></head><body>${body}</body></html>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((fault) => (fault === undefined ? resolve() : reject(fault)));
      }),
  };
}
