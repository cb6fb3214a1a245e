import type { Duplex } from 'node:stream';
import type { FastifyError } from 'fastify';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { RTSTREAM_PATH } from '../rtstream/api/plain-path.ts';
import { hangUp } from './hang-up.ts';

/** What is refused before a route is found (an address that cannot be read, a request that is none), in the words of whose door it came to. */

interface Fault {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const LIVESTREAM_PATH = /^\/+(livestream|ws|auth\/+token)(\/|\?|$)/;
const RTVT_PATH = /^\/+(service|gate|rtvt)(\/|\?|$)/;

const WORDS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  FST_ERR_BAD_URL: [
    'invalid_path',
    'The path of the address cannot be read: a percent sign begins two hexadecimal digits of UTF-8.',
  ],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_path', 'A part of the path is too long.'],
};

export function frameworkFault(url: string, { code: kind, statusCode = 400 }: Pick<FastifyError, 'code' | 'statusCode'>): Fault {
  const [code, message] = WORDS[kind] ?? ['invalid_request', 'The request is not usable.'];
  if (RTSTREAM_PATH.test(url)) return { status: statusCode, body: { success: false, message, error_code: code, field: null } };
  if (LIVESTREAM_PATH.test(url)) return { status: 422, body: { detail: message, code, field: 'path' } };
  if (RTVT_PATH.test(url)) return { status: 500, body: { code: RTVT_CODE.badParameter, ex: message } };
  return { status: statusCode, body: { error: { type: 'invalid_request_error', code, message, param: null } } };
}

const PARSE_FAULTS: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headers_too_large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request_timeout', 'The request took too long to come.'],
};
const NO_REQUEST = ['400 Bad Request', 'invalid_request', 'That is no HTTP request.'] as const;

/** Of bytes that are no request there is no address: one shape for all. */
export function refuseBytes(cause: { readonly code?: string }, socket: Duplex): void {
  // Who cut the connection reads nothing.
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = PARSE_FAULTS[cause.code ?? ''] ?? NO_REQUEST;
  const body = JSON.stringify({ error: { type: 'invalid_request_error', code, message, param: null } });
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  hangUp(socket, `${head}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`);
}
