import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { outsideLookup } from '../../http/outside-url.ts';
import { isPrivateAddress } from '../../knowledge/private-address.ts';

/**
 * The way out for an ffmpeg that fetches by HTTP what a stranger named: a proxy on loopback that reaches public addresses only, and looks
 * each name up itself at the moment of connecting, so that neither redirects nor playlists nor changing names lead back inside.
 */

export interface OutsideProxy {
  /** For `http_proxy`; holds a password, so that nobody else on this machine uses it. */
  readonly url: string;
  close(): Promise<void>;
}

/** Who may be reached. */
interface Reach {
  readonly isInside: (host: string) => boolean;
  readonly lookup: LookupFunction | undefined;
}

const OUTSIDE: Reach = {
  isInside: (host) => isIP(host) !== 0 && isPrivateAddress(host),
  lookup: outsideLookup('url', false),
};

/** `reach`: tests have nothing outside. */
export async function startOutsideProxy(reach: Reach = OUTSIDE): Promise<OutsideProxy> {
  const password = randomBytes(18).toString('base64url');
  const expected = `Basic ${Buffer.from(`viva:${password}`).toString('base64')}`;
  const known = (request: IncomingMessage): boolean => request.headers['proxy-authorization'] === expected;

  const server = createServer((request, response) => {
    if (!known(request)) refuse(response, 407);
    else forward(request, response, reach);
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (known(request)) tunnel(request, socket, head, reach);
    else socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="viva"\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://viva:${password}@127.0.0.1:${String(port)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  if (status === 407) response.setHeader('proxy-authenticate', 'Basic realm="viva"');
  response.writeHead(status).end();
}

function forward(request: IncomingMessage, response: ServerResponse, { isInside, lookup }: Reach): void {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null;
  if (url?.protocol !== 'http:') {
    refuse(response, 400);
    return;
  }
  if (isInside(url.hostname.replace(/^\[|\]$/g, ''))) {
    refuse(response, 403);
    return;
  }
  const { 'proxy-authorization': _own, 'proxy-connection': _hop, connection: _close, ...headers } = request.headers;
  const out = httpRequest(url, { method: request.method, headers, ...(lookup === undefined ? {} : { lookup }) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // Either side may leave at any time; the other is then closed, which is all there is to do.
    pipeline(answer, response, () => undefined);
  });
  out.once('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502);
  });
  request.pipe(out);
  response.once('close', () => out.destroy());
}

function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, { isInside, lookup }: Reach): void {
  const target = `http://${request.url ?? ''}`;
  const url = URL.canParse(target) ? new URL(target) : null;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (url === null || isInside(host)) {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return;
  }
  const out = connect({ host, port: Number(url.port === '' ? 80 : url.port), ...(lookup === undefined ? {} : { lookup }) });
  out.once('connect', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    out.write(head);
    socket.pipe(out);
    out.pipe(socket);
  });
  out.once('error', () => socket.destroy());
  socket.once('error', () => out.destroy());
  out.once('close', () => socket.destroy());
  socket.once('close', () => out.destroy());
}
