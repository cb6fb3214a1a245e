import { uuidv7 } from 'uuidv7';
import { captureKind } from '../../../src/shared/capture.ts';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';
import { admitStream } from '../rtstream/api/stream-rows.ts';
import { json } from '../store/json.ts';
import type { CaptureChannel, CaptureSessionTable, Database } from '../store/tables.ts';
import type { SessionRow } from './announce.ts';

/** Capture sessions and their streams as they are kept. */

export type Status = CaptureSessionTable['status'];

export interface NewSession {
  readonly collectionId: string;
  readonly endUserId: string;
  readonly callbackUrl: string | null;
  readonly wsConnectionIds: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export function insertSession(database: Database, wish: NewSession): Promise<SessionRow> {
  return database
    .insertInto('capture_sessions')
    .values({
      id: `cap-${uuidv7()}`,
      collection_id: wish.collectionId,
      end_user_id: wish.endUserId,
      status: 'created',
      callback_url: wish.callbackUrl,
      ws_connection_ids: [...wish.wsConnectionIds],
      metadata: json(wish.metadata),
      channels: json([]),
      primary_video_channel_id: null,
      export_status: null,
      exported_video_id: null,
      error: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findSession(database: Database, id: string): Promise<SessionRow | null> {
  const row = await database.selectFrom('capture_sessions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Null: it was in none of the states `from`. */
export async function moveSession(
  database: Database,
  id: string,
  from: readonly Status[],
  to: Status,
): Promise<SessionRow | null> {
  const row = await database
    .updateTable('capture_sessions')
    .set({ status: to })
    .where('id', '=', id)
    .where('status', 'in', [...from])
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export interface SessionStream {
  readonly id: string;
  readonly channel: CaptureChannelId;
}

export async function streamsOf(database: Database, sessionId: string): Promise<readonly SessionStream[]> {
  const rows = await database
    .selectFrom('streams')
    .select(['id', 'channel_id'])
    .where('capture_session_id', '=', sessionId)
    .orderBy('created_at')
    .execute();
  return rows.flatMap(({ id, channel_id }) => (channel_id === null ? [] : [{ id, channel: channel_id as CaptureChannelId }]));
}

/** A stream of its own for each channel that has none, and the session's list of channels kept like it. Throws `ApiError` 429. */
export async function addChannels(
  database: Database,
  mostStreams: number,
  session: SessionRow,
  channels: readonly (CaptureChannel & { readonly channel_id: CaptureChannelId })[],
): Promise<readonly SessionStream[]> {
  const known = await streamsOf(database, session.id);
  const missing = channels.filter(({ channel_id: id }) => !known.some(({ channel }) => channel === id));
  for (const channel of missing) {
    await admitStream(database, mostStreams, null, (transaction) =>
      transaction
        .insertInto('streams')
        .values({
          id: `rts-${uuidv7()}`,
          collection_id: session.collection_id,
          name: channel.name,
          url: null,
          ingest_mode: 'capture',
          push_key: null,
          media_types: [captureKind(channel.channel_id)],
          sample_rate: 30,
          store: channel.store,
          status: 'connected',
          ws_connection_ids: [...session.ws_connection_ids],
          capture_session_id: session.id,
          channel_id: channel.channel_id,
        })
        .execute(),
    );
  }
  if (missing.length > 0) {
    const all = [
      ...session.channels,
      ...missing.filter(({ channel_id: id }) => !session.channels.some((each) => each.channel_id === id)),
    ];
    const primary = session.primary_video_channel_id ?? primaryOf(all);
    await database
      .updateTable('capture_sessions')
      .set({ channels: json(all), primary_video_channel_id: primary })
      .where('id', '=', session.id)
      .execute();
  }
  return streamsOf(database, session.id);
}

/** The picture that an export shows: the one that was named, else the screen, else the camera. */
function primaryOf(channels: readonly CaptureChannel[]): string | null {
  const pictures = channels.filter(({ type }) => type === 'video');
  const chosen =
    pictures.find(({ is_primary: primary }) => primary) ?? pictures.find(({ channel_id: id }) => id === 'screen') ?? pictures[0];
  return chosen?.channel_id ?? null;
}
