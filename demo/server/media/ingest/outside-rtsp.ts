import { once } from 'node:events';
import { createServer, connect, isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { outsideLookup } from '../../http/outside-url.ts';
import { RtspAnswers, RtspError } from './rtsp-answers.ts';
import type { RtspPiece } from './rtsp-answers.ts';

/**
 * The way out for an ffmpeg that pulls RTSP from where a stranger said: ffmpeg follows redirects wherever they lead and cannot be told not
 * to, so it is given a door on loopback that leads to that one server, and through which no redirect comes back.
 */

export interface OutsideRtspWish {
  readonly host: string;
  /** Null = the usual one. */
  readonly port: number | null;
  /** `rtsps`: spoken to the server; ffmpeg speaks plainly to the door. */
  readonly tls: boolean;
  /** Tests have nothing outside. */
  readonly lookup?: LookupFunction | undefined;
}

const RTSP_PORT = 554;
const RTSPS_PORT = 322;
/** Nobody came: the door is closed again. ms */
const PATIENCE_MS = 30_000;

/** Port on loopback; taken by the first that comes, and gone with it. Addresses must have been checked; names are looked up again here. */
export async function openOutsideRtsp(wish: OutsideRtspWish): Promise<number> {
  const server = createServer({ pauseOnConnect: true });
  const late = setTimeout(() => server.close(), PATIENCE_MS);
  late.unref();
  server.once('connection', (inside: Socket) => {
    clearTimeout(late);
    server.close();
    relay(inside, wish);
  });
  server.maxConnections = 1;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the way out to a source has no port');
  return address.port;
}

function relay(inside: Socket, { host, port, tls, lookup = outsideLookup('url', false) }: OutsideRtspWish): void {
  const to = {
    host,
    port: port ?? (tls ? RTSPS_PORT : RTSP_PORT),
    ...(lookup === undefined || isIP(host) !== 0 ? {} : { lookup }),
  };
  // Cameras have certificates of their own making; ffmpeg does not check them either.
  const outside = tls
    ? connectTls({ ...to, rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connect(to);
  const answers = new RtspAnswers();
  outside.on('data', (bytes: Buffer) => {
    try {
      const pieces = answers.push(bytes);
      const moved = pieces.findIndex(isRedirect);
      const through = moved === -1 ? pieces : pieces.slice(0, moved);
      if (through.length > 0 && !inside.write(Buffer.concat(through.map((piece) => piece.bytes)))) outside.pause();
      const redirect = pieces[moved];
      if (redirect !== undefined) refuse(inside, outside, redirect.cseq, '403', 'It redirects elsewhere, which is not followed');
    } catch (cause) {
      if (!(cause instanceof RtspError)) throw cause;
      refuse(inside, outside, null, '502', cause.message);
    }
  });
  inside.on('drain', () => outside.resume());
  inside.pipe(outside);
  // Either side may leave at any time; the other goes with it.
  outside.once('error', () => inside.destroy());
  inside.once('error', () => outside.destroy());
  outside.once('close', () => inside.end());
  inside.once('close', () => outside.destroy());
  inside.resume();
}

const isRedirect = ({ status }: RtspPiece): boolean => status !== null && status >= 300 && status < 400;

function refuse(inside: Socket, outside: Socket, cseq: string | null, status: string, why: string): void {
  outside.removeAllListeners('data');
  inside.end(`RTSP/1.0 ${status} ${why}\r\n${cseq === null ? '' : `CSeq: ${cseq}\r\n`}\r\n`);
  outside.destroy();
}
