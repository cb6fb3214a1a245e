import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { checkOutsideUrl, privateUrlsAllowed } from '../../http/outside-url.ts';
import { demand } from './access.ts';
import type { Caller } from './access.ts';
import { ApiError, refused } from './api-error.ts';
import { checkHeard, checkTranslated } from './asked-languages.ts';
import { findCollection } from './collection-rows.ts';
import type { RtstreamDeps } from './deps.ts';
import { connectionId, name, optional, shown } from './fields.ts';
import { admitStream, withConnection } from './stream-rows.ts';
import type { StreamRow } from './stream-rows.ts';

/** `connect_rtstream`: from what was asked to rows. */

const PULLED = ['rtsp', 'rtsps', 'rtmp', 'rtmps', 'http', 'https', 'file'];

export const sampleRate = z
  .number()
  .int()
  .min(1)
  .max(1800)
  .describe('Frames a minute that are looked at; 30 where nothing is said');

export const connectBody = z
  .object({
    collection_id: optional(z.string().max(200)),
    url: optional(z.string().max(4000)).describe(`What is pulled: ${PULLED.join(', ')}`),
    name: optional(name),
    media_types: optional(z.array(z.enum(['audio', 'video'])).min(1)).describe('Tracks that are taken; others are absent'),
    sample_rate: optional(sampleRate),
    store: optional(z.boolean()).describe('False: shown live and kept nowhere. Default: true'),
    enable_transcript: optional(z.boolean()),
    ws_connection_id: connectionId,
    ingest_mode: optional(z.enum(['pull', 'push'])).describe('`push`: an encoder publishes to the push_url that is answered'),
    protocol: optional(z.enum(['rtmp'])),
    timeout: optional(z.number()).describe('Accepted; an encoder may come at any time here'),
    language: optional(z.string().min(2).max(35)).describe('BCP 47 of what is spoken; absent = English, auto = found out'),
    translate_to: optional(z.array(z.string().min(2).max(35)).max(8)).describe(
      'BCP 47 that the transcript is translated into; a pair that nobody here translates is refused',
    ),
  })
  .meta(
    shown(
      { url: 'rtsp://camera.example/stream', name: 'Front door', media_types: ['video'], store: true },
      { ingest_mode: 'push', name: 'Studio', media_types: ['audio', 'video'], enable_transcript: true },
    ),
  );

export type ConnectWish = z.output<typeof connectBody>;

/** Rows of a new stream, and of its transcription when that is wanted. Throws `ApiError`, `AuthError`, `UrlRefusedError`. */
export async function connectStream(deps: RtstreamDeps, caller: Caller, wish: ConnectWish): Promise<StreamRow> {
  const { config, database, media } = deps;
  const collection = await findCollection(database, wish.collection_id ?? 'default');
  checkHeard(deps, 'language', wish.language);
  checkTranslated(deps, 'translate_to', wish.language ?? null, wish.translate_to);
  const push = wish.ingest_mode === 'push';
  const pushKey = push ? `rts-${randomBytes(18).toString('base64url')}` : null;
  if (pushKey !== null) {
    if (media.pushUrl(pushKey) === null)
      throw refused('ingest_mode', 'ingest_mode: nothing can be published here; RTMP_PORT says where.');
  } else await checkSource(deps, caller, wish.url);
  if (media.unavailable !== null) throw new ApiError(503, 'media_unavailable', media.unavailable);
  const types = [...new Set(wish.media_types ?? ['video'])];
  const id = `rts-${uuidv7()}`;
  return admitStream(database, config.streams.maxStreams, null, async (transaction) => {
    const row = await transaction
      .insertInto('streams')
      .values({
        id,
        collection_id: collection.id,
        name: wish.name ?? `Stream of ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
        url: push ? null : (wish.url ?? null),
        ingest_mode: push ? 'push' : 'pull',
        push_key: pushKey,
        media_types: types,
        sample_rate: wish.sample_rate ?? 30,
        store: wish.store ?? true,
        status: 'connected',
        ws_connection_ids: withConnection([], wish.ws_connection_id),
        capture_session_id: null,
        channel_id: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (wish.enable_transcript === true) {
      await transaction
        .insertInto('transcriptions')
        .values({
          stream_id: id,
          engine: 'assemblyai',
          status: 'running',
          language: wish.language ?? null,
          translate_to: wish.translate_to ?? [],
          ws_connection_ids: withConnection([], wish.ws_connection_id),
          updated_at: new Date(),
        })
        .execute();
    }
    return row;
  });
}

async function checkSource({ config }: RtstreamDeps, caller: Caller, url: string | undefined): Promise<void> {
  if (url === undefined || url.trim() === '') throw refused('url', 'url: where the stream is pulled from', 'missing_value');
  await checkOutsideUrl('url', url, { allowPrivate: privateUrlsAllowed(config), schemes: PULLED });
  // A file of this machine is the operator's, whoever was given a token.
  if (/^file:/i.test(url)) demand(caller, 'manage');
}
