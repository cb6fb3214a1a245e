import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { filter, firstValueFrom, map, race, startWith, timer } from 'rxjs';
import { z } from 'zod';
import type { LiveMedia } from '../media/create-media.ts';
import type { LiveFile, LiveWindow } from '../media/live/live-window.ts';
import { isThere, livePlaylist, masterPlaylist } from '../media/live/playlist.ts';
import { sendRefusal } from './fault-reply.ts';
import { PLAYLIST, sendText } from './playlist-reply.ts';

/** The live picture over HTTP: low-latency playlists with blocking reload, and what they name. */

export interface LiveRoutesOptions {
  readonly media: LiveMedia;
  readonly urls: {
    /** True when `signature` was made here for this path (without its query). */
    verifies(path: string, signature: string | undefined): boolean;
  };
}

/** How long a request waits for what it asks for, ms; RFC 8216bis: three target durations, and hinted parts likewise. */
const WAIT_TARGETS = 3;
const FIRST_WAIT_MS = 10_000;
/** Further ahead than this is a mistake (RFC 8216bis §6.2.5.2). */
const AHEAD_SEGMENTS = 2;

const streamId = z.string().regex(/^[\w-]{1,128}$/);
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const querySchema = z.object({
  s: z.string().max(200).optional(),
  _HLS_msn: count.optional(),
  _HLS_part: count.optional(),
});

const KINDS: Readonly<Record<string, string>> = { m4s: 'video/iso.segment', mp4: 'video/mp4' };

export function liveRoutes(app: FastifyInstance, { media, urls }: LiveRoutesOptions): void {
  const refuse = (
    reply: FastifyReply,
    status: number,
    code: string,
    message: string,
    param: string | null = null,
  ): Promise<void> => {
    void reply.header('cache-control', 'no-store');
    return sendRefusal(reply, { status, type: 'invalid_request_error', code, message, param });
  };

  /** Who may see it: an address that was signed for it. The media playlist is the same address's. */
  const window = (id: string, signature: string | undefined): LiveWindow | null =>
    streamId.safeParse(id).success && urls.verifies(`/live/${id}/index.m3u8`, signature) ? media.live(id) : null;

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/live/')) return;
    // The signature is the permission: any page may play what it was given the address of.
    void reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    void reply.header('timing-allow-origin', '*');
  });

  app.get<{ Params: { id: string } }>('/live/:id/index.m3u8', async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    const live = window(request.params.id, query.data?.s);
    if (live === null) return refuse(reply, 404, 'not_found', 'There is no such live stream, or its address is not signed.');
    // A source that is just connecting is worth a moment.
    const picture = live.picture ?? (await wait(live, FIRST_WAIT_MS, () => live.picture));
    if (picture === null) {
      void reply.header('retry-after', '2');
      return refuse(reply, 404, 'not_live', 'Nothing has come from the source yet.');
    }
    const bitsPerSecond = media.find(request.params.id)?.health.value.bitsPerSecond ?? 0;
    const variant = `media.m3u8?s=${encodeURIComponent(query.data?.s ?? '')}`;
    void reply.header('cache-control', 'no-store');
    return sendText(request, reply, PLAYLIST, masterPlaylist(picture, bitsPerSecond, variant));
  });

  app.get<{ Params: { id: string } }>('/live/:id/media.m3u8', async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) return refuse(reply, 400, 'invalid_value', '_HLS_msn and _HLS_part are counts.', '_HLS_msn');
    const { s, _HLS_msn: sequence, _HLS_part: part } = query.data;
    const live = window(request.params.id, s);
    if (live === null) return refuse(reply, 404, 'not_found', 'There is no such live stream, or its address is not signed.');
    if (sequence === undefined && part !== undefined)
      return refuse(reply, 400, 'invalid_value', '_HLS_part needs _HLS_msn.', '_HLS_part');
    if (sequence !== undefined) {
      const newest = live.snapshot().open?.sequence ?? (live.snapshot().segments.at(-1)?.sequence ?? -1) + 1;
      if (sequence > newest + AHEAD_SEGMENTS)
        return refuse(reply, 400, 'invalid_value', `Segment ${String(sequence)} is too far ahead.`, '_HLS_msn');
      const waitMs = live.snapshot().targetS * WAIT_TARGETS * 1000;
      await wait(live, waitMs, () => (isThere(live.snapshot(), sequence, part ?? null) ? true : null));
    }
    return sendPlaylist(request, reply, live);
  });

  // Their names cannot be guessed: who knows one was given a playlist.
  app.get<{ Params: { id: string; file: string } }>('/live/:id/:file', async (request, reply) => {
    const { id, file } = request.params;
    const kind = /^[\w-]{16,64}(?:-\d+-\d+)?\.(m4s|mp4)$/.exec(file)?.[1];
    const live = kind !== undefined && streamId.safeParse(id).success ? media.live(id) : null;
    if (live === null || kind === undefined) return refuse(reply, 404, 'not_found', 'There is nothing here.');
    let found = live.file(file);
    if (found === null && live.expects(file)) {
      found = await wait(
        live,
        live.snapshot().targetS * WAIT_TARGETS * 1000,
        () => live.file(file),
        () => !live.expects(file),
      );
    }
    if (found === null || !(await send(reply, found, KINDS[kind] ?? '')))
      return refuse(reply, 404, 'not_found', 'There is nothing here.');
    return reply;
  });
}

/** Everybody who watches gets the same one: it is written and compressed once. */
interface Written {
  readonly version: number;
  readonly text: string;
  packed: Promise<Buffer> | null;
}
const written = new WeakMap<LiveWindow, Written>();
const pack = promisify(gzip);

async function sendPlaylist(request: FastifyRequest, reply: FastifyReply, live: LiveWindow): Promise<void> {
  const snapshot = live.snapshot();
  let made = written.get(live);
  if (made?.version !== snapshot.version) {
    made = { version: snapshot.version, text: livePlaylist(snapshot), packed: null };
    written.set(live, made);
  }
  void reply.header('cache-control', 'no-store').header('vary', 'accept-encoding').header('content-type', PLAYLIST);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    await reply.send(made.text);
    return;
  }
  made.packed ??= pack(made.text, { level: 4 });
  await reply.header('content-encoding', 'gzip').send(await made.packed);
}

/** The first value that is there, at once or after one of the changes; null = it did not come, or cannot any more. */
function wait<T>(
  live: LiveWindow,
  waitMs: number,
  look: () => T | null,
  hopeless: () => boolean = () => false,
): Promise<T | null> {
  const found = live.changes.pipe(
    startWith(undefined),
    map(look),
    filter((value) => value !== null || hopeless()),
  );
  return firstValueFrom(race(found, timer(waitMs).pipe(map(() => null))), { defaultValue: null });
}

/** False: it is gone. */
async function send(reply: FastifyReply, file: LiveFile, type: string): Promise<boolean> {
  const pieces = 'bytes' in file ? file.bytes : null;
  const size = 'path' in file ? await sizeOf(file.path) : file.bytes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (size === null) return false;
  void reply.header('content-type', type).header('cache-control', 'public, max-age=31536000, immutable');
  void reply.header('content-length', size);
  await reply.send('path' in file ? createReadStream(file.path) : pieces?.length === 1 ? pieces[0] : Readable.from(file.bytes));
  return true;
}

/** Null: retention was faster. */
const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
