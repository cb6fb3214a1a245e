import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkOutsideUrl, pinnedUrl, plainHost, UrlRefusedError } from '../../http/outside-url.ts';
import { safeUrl, secretsOf } from '../ffmpeg/redact.ts';
import type { OutsideRtspWish } from './outside-rtsp.ts';

/** Where a stream comes from, as ffmpeg is told it; never a word of the user's as an option. */

export interface OpenedSource {
  /** Arguments up to and with `-i`. */
  readonly input: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Never told nor logged. */
  readonly secrets: readonly string[];
  /** For people: the URL without credentials. */
  readonly label: string;
  /** Null: ffmpeg fetches it itself. */
  readonly bytes: Readable | null;
  /** Its end is its end; else an end is a loss and it is tried again. `by-duration`: only what says how long it is has an end. */
  readonly ends: 'never' | 'by-duration' | 'at-its-end';
  /** ms without a fragment after which it counts as dead; null = whoever feeds it says so. */
  readonly stallMs: number | null;
  /** ms until the first fragment. */
  readonly connectMs: number | null;
  /** s that the media may run ahead of the clock. */
  readonly aheadS: number;
}

/** It cannot be taken in, now or later: trying again is of no use. */
export class SourceRefusedError extends Error {
  override readonly name = 'SourceRefusedError';
}

export interface SourcePolicy {
  /** Private and loopback hosts, and local files, may be named. */
  readonly allowPrivate: boolean;
  /** ffmpeg is the old build. */
  readonly limited: boolean;
  /** `http://…` of a proxy that reaches public addresses only; asked for when it is needed. */
  outsideProxy(): Promise<string>;
  /** Port on loopback that leads to one RTSP server, and lets no redirect back. */
  outsideRtsp(wish: OutsideRtspWish): Promise<number>;
}

const FIELD = 'url';
const STALL_MS = 3000;
const AHEAD_S = 10;
const SCHEMES = ['rtsp', 'rtsps', 'rtmp', 'rtmps', 'http', 'https', 'file'];

/** µs and bytes that are read before it begins: short for sources whose description says all, long when that was not enough. */
const probing = (patient: boolean, us = 1_000_000): readonly string[] => [
  ...['-analyzeduration', String(patient ? 10_000_000 : us), '-probesize', patient ? '10000000' : '1000000'],
];

/** `patient`: a try before failed without a picture. Throws SourceRefusedError, and what the look-up of its host throws. */
export async function openUrl(url: string, policy: SourcePolicy, patient: boolean): Promise<OpenedSource> {
  const given = isAbsolute(url) ? pathToFileURL(url).href : url;
  const { allowPrivate } = policy;
  const checked = await checkOutsideUrl(FIELD, given, { allowPrivate, schemes: SCHEMES }).catch(refused);
  const scheme = checked.protocol.slice(0, -1);
  const common = { secrets: secretsOf(given), label: safeUrl(given), bytes: null, env: {} };
  const live = { ...common, ends: 'never', stallMs: STALL_MS, connectMs: patient ? 30_000 : 15_000, aheadS: AHEAD_S } as const;
  if (scheme === 'file') return openFile(checked, allowPrivate);
  if (policy.limited)
    throw new SourceRefusedError(
      'Sources on the network need a present-day ffmpeg; here is an old build for local files only. Install ffmpeg.',
    );
  switch (scheme) {
    case 'rtsp':
    case 'rtsps':
      return {
        ...live,
        input: [
          ...['-protocol_whitelist', 'rtsp,rtsps,rtp,tcp,tls', '-rtsp_transport', 'tcp', '-timeout', '3000000'],
          ...[...probing(patient), '-i', allowPrivate ? given : await byDoor(given, checked, policy)],
        ],
      };
    case 'rtmp':
    case 'rtmps': {
      // Nothing in this protocol leads elsewhere.
      const pinned = await pinnedUrl(FIELD, given, { allowPrivate, schemes: SCHEMES }).catch(refused);
      return {
        ...live,
        input: [
          ...['-protocol_whitelist', 'rtmp,rtmps,rtmpt,ffrtmphttp,tcp,tls', '-rw_timeout', '3000000'],
          // Servers choose by the name they are called, which the pinned address lacks.
          ...(pinned === given ? [] : ['-rtmp_tcurl', given.replace(/\/[^/]*$/, '')]),
          ...[...probing(patient, 500_000), '-i', pinned],
        ],
      };
    }
    default:
      return {
        ...live,
        ends: 'by-duration',
        connectMs: 30_000,
        // Pieces of a playlist come as often as they are long.
        stallMs: 20_000,
        // The proxy looks every name up itself, redirects and pieces of playlists included: what was checked is what is connected to.
        env: allowPrivate ? {} : { http_proxy: await policy.outsideProxy() },
        input: [
          ...['-protocol_whitelist', 'http,https,httpproxy,tcp,tls,crypto,data', '-rw_timeout', '15000000'],
          ...['-user_agent', 'viva-voce', '-re', '-i', checked.href],
        ],
      };
  }
}

/** The URL as ffmpeg is told it where it may not go out by itself. */
async function byDoor(given: string, url: URL, { outsideRtsp }: SourcePolicy): Promise<string> {
  const port = url.port === '' ? null : Number(url.port);
  const door = await outsideRtsp({ host: plainHost(url), port, tls: url.protocol === 'rtsps:' });
  return given.replace(
    /^[a-z]+:\/\/([^/?#@]*@)?[^/?#]*/i,
    (_all, credentials: string | undefined) => `rtsp://${credentials ?? ''}127.0.0.1:${String(door)}`,
  );
}

async function openFile(url: URL, allowed: boolean): Promise<OpenedSource> {
  if (!allowed) throw new SourceRefusedError('Local files are not taken here (ALLOW_PRIVATE_URLS=1 allows it).');
  const path = fileURLToPath(url);
  await access(path).catch(() => {
    throw new SourceRefusedError(`There is no file ${path}, or it may not be read.`);
  });
  return {
    ...{
      env: {},
      secrets: [],
      label: url.href,
      bytes: null,
      ends: 'at-its-end',
      stallMs: 10_000,
      connectMs: 30_000,
      aheadS: AHEAD_S,
    },
    input: ['-protocol_whitelist', 'file,crypto,data', '-re', '-i', `file:${path}`],
  };
}

/** Times what a film lasts that it may be read at: more than a disk keeps up with is let go, and nothing of a film may be. */
const READ_RATE = '40';

/** What films come in, as ffmpeg calls it. */
const FILMS = 'mov,matroska,flv,live_flv,mpegts,mpeg,avi,asf,ogg,mp3,aac,wav,flac';

/** A whole film of this gateway's own, as fast as it is read. Throws SourceRefusedError. */
export async function openRecorded(path: string, limited: boolean): Promise<OpenedSource> {
  const opened = await openFile(pathToFileURL(path), true);
  const rate = limited ? [] : ['-readrate', READ_RATE];
  // Somebody else wrote it: a list or a playlist in its place would name files of ours.
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', FILMS, ...rate, '-i', `file:${path}`];
  return { ...opened, aheadS: Infinity, input };
}

/** What somebody hands over: `flv` from an encoder, or a browser's recording of a kind that ffmpeg finds out. */
export function openBytes(bytes: Readable, kind: 'flv' | 'recording'): OpenedSource {
  const common = { env: {}, secrets: [], bytes, ends: 'never' } as const;
  if (kind === 'flv') {
    const input = ['-protocol_whitelist', 'pipe', '-f', 'flv', ...probing(false, 500_000), '-i', 'pipe:0'];
    return { ...common, label: 'the encoder', stallMs: STALL_MS, connectMs: 15_000, aheadS: AHEAD_S, input };
  }
  return {
    // A tab that was cut off sends up to half a minute at once when it is back.
    ...{ ...common, label: 'the recorder', stallMs: null, connectMs: null, aheadS: 120 },
    input: [
      ...['-protocol_whitelist', 'pipe', '-fflags', '+genpts', '-probesize', '200000', '-analyzeduration', '300000'],
      ...['-i', 'pipe:0'],
    ],
  };
}

function refused(error: unknown): never {
  if (error instanceof UrlRefusedError) throw new SourceRefusedError(error.message.replace(/^url: /, ''), { cause: error });
  throw error;
}
