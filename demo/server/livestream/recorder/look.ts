import { stat } from 'node:fs/promises';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { isAbsolute } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkOutsideUrl, outsideLookup, plainHost, UrlRefusedError } from '../../http/outside-url.ts';
import { createLimit } from './limit.ts';
import { lookHttp } from './look-http.ts';
import { lookRtmp } from './look-rtmp.ts';
import { lookRtsp } from './look-rtsp.ts';
import type { Sight } from './sight.ts';

/** Looks whether something is on the air: some bytes over one connection, no program started, a few dozen at once. */

/** `withinMs`: at most, of the time that it may take by itself. */
export type Look = (url: string, signal: AbortSignal, withinMs?: number) => Promise<Sight>;

export const SCHEMES = ['http', 'https', 'rtmp', 'rtmps', 'rtsp', 'rtsps', 'file'];

/** Addresses that are looked at at once; the others wait for their turn. */
const AT_ONCE = 48;
/** For everything. */
const LOOK_MS = 8000;
const PORTS: Readonly<Record<string, number>> = { rtmp: 1935, rtmps: 443, rtsp: 554, rtsps: 322 };

/** Never rejects. An aborted look is told as absent. */
export function createLook(allowPrivate: boolean): Look {
  const limit = createLimit(AT_ONCE);
  return (url, signal, withinMs = LOOK_MS) => limit(() => lookNow(url, allowPrivate, signal, Math.min(LOOK_MS, withinMs)));
}

async function lookNow(url: string, allowPrivate: boolean, given: AbortSignal, withinMs: number): Promise<Sight> {
  // By hand: `AbortSignal.any` would leave a trace of each look on a signal that lives as long as the task is watched.
  const cut = new AbortController();
  const end = (): void => cut.abort();
  const timer = setTimeout(end, withinMs);
  given.addEventListener('abort', end, { once: true });
  try {
    given.throwIfAborted();
    return await lookBy(addressOf(url), allowPrivate, cut.signal);
  } catch (cause) {
    if (cause instanceof UrlRefusedError) return { kind: 'refused', why: cause.message.replace(/^url: /, '') };
    return { kind: 'absent', why: cut.signal.aborted ? 'nothing comes' : reason(cause) };
  } finally {
    clearTimeout(timer);
    given.removeEventListener('abort', end);
  }
}

/** A path is the file's. */
export const addressOf = (url: string): string => (isAbsolute(url) ? pathToFileURL(url).href : url);

async function lookBy(url: string, allowPrivate: boolean, signal: AbortSignal): Promise<Sight> {
  const checked = await checkOutsideUrl('url', url, { allowPrivate, schemes: SCHEMES });
  const scheme = checked.protocol.slice(0, -1);
  switch (scheme) {
    case 'file':
      return lookFile(fileURLToPath(checked), allowPrivate);
    case 'rtsp':
    case 'rtsps':
      return overSocket(checked, allowPrivate, signal, (socket) => lookRtsp(url, socket));
    case 'rtmp':
    case 'rtmps':
      return overSocket(checked, allowPrivate, signal, (socket) => lookRtmp(url, socket));
    default:
      return lookHttp(url, allowPrivate, signal);
  }
}

async function lookFile(path: string, allowed: boolean): Promise<Sight> {
  if (!allowed) return { kind: 'refused', why: 'local files are not taken here (ALLOW_PRIVATE_URLS=1 allows it)' };
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? { kind: 'file' } : { kind: 'absent', why: 'there is no such file' };
}

async function overSocket(
  url: URL,
  allowPrivate: boolean,
  signal: AbortSignal,
  look: (socket: Socket) => Promise<Sight>,
): Promise<Sight> {
  signal.throwIfAborted();
  const host = plainHost(url);
  const scheme = url.protocol.slice(0, -1);
  const lookup = isIP(host) === 0 ? outsideLookup('url', allowPrivate) : undefined;
  const to = {
    host,
    port: url.port === '' ? (PORTS[scheme] ?? 0) : Number(url.port),
    ...(lookup === undefined ? {} : { lookup }),
  };
  // Cameras have certificates of their own making; ffmpeg does not check them either.
  const socket = scheme.endsWith('s')
    ? connectTls({ ...to, rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connect(to);
  const end = (): void => void socket.destroy(new Error('no answer'));
  signal.addEventListener('abort', end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once(scheme.endsWith('s') ? 'secureConnect' : 'connect', resolve);
    });
    return await look(socket);
  } finally {
    signal.removeEventListener('abort', end);
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'it closed the connection',
  ETIMEDOUT: 'nothing comes',
};

/** Without the address: it may hold a key. */
function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? message;
}
