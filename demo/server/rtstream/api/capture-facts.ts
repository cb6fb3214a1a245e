import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { CaptureSessionTable, Database } from '../../store/tables.ts';
import { notFound } from './api-error.ts';
import type { RtstreamDeps } from './deps.ts';
import { facts, isoTime } from './fields.ts';

/** Capture sessions as they are kept and told (spec §2, §8.3–8.5). */

export type CaptureRow = Selectable<CaptureSessionTable>;

const STATUSES = ['created', 'starting', 'active', 'stopping', 'stopped', 'exported', 'failed'] as const;
export const captureStatus = z.enum(STATUSES);

const channelSchema = z.object({
  channel_id: z.string(),
  name: z.string(),
  type: z.enum(['audio', 'video']),
  store: z.boolean(),
  is_primary: z.boolean(),
});

/** Of a session of its own: created without `id`, or Python throws. */
export const createdSchema = z.object({
  session_id: z.string(),
  end_user_id: z.string(),
  status: captureStatus,
  collection_id: z.string(),
  callback_url: z.string().optional(),
  metadata: facts,
  created_at: z.number().describe('Unix seconds'),
  channels: z.array(channelSchema),
  primary_video_channel_id: z.string().nullable(),
  export_status: z.enum(['exporting', 'exported', 'failed']).nullable(),
  exported_video_id: z.string().nullable(),
  error: z.string().nullable(),
});

export const sessionSchema = createdSchema.extend({
  rtstreams: z.array(
    z.object({
      id: z.string(),
      rtstream_id: z.string(),
      channel_id: z.string().describe('Plain: mic, screen, system_audio, camera'),
      name: z.string(),
      collection_id: z.string(),
      created_at: z.string(),
      sample_rate: z.number(),
      status: z.enum(['connected', 'stopped']),
      media_types: z.array(z.string()),
    }),
  ),
});

export async function findSession(database: Database, id: string): Promise<CaptureRow> {
  const row = await database.selectFrom('capture_sessions').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('capture session', id, 'session_id');
  return row;
}

export const createdFacts = (row: CaptureRow): z.output<typeof createdSchema> => ({
  session_id: row.id,
  end_user_id: row.end_user_id,
  status: row.status,
  collection_id: row.collection_id,
  ...(row.callback_url === null ? {} : { callback_url: row.callback_url }),
  metadata: row.metadata,
  created_at: Math.floor(row.created_at.getTime() / 1000),
  channels: [...row.channels],
  primary_video_channel_id: row.primary_video_channel_id,
  export_status: row.export_status,
  exported_video_id: row.exported_video_id,
  error: row.error,
});

/** With its streams; one question for all sessions of a list. */
export async function sessionFacts(
  { database }: Pick<RtstreamDeps, 'database'>,
  rows: readonly CaptureRow[],
): Promise<z.output<typeof sessionSchema>[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const streams = await database
    .selectFrom('streams')
    .selectAll()
    .where('capture_session_id', 'in', ids)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...createdFacts(row),
    rtstreams: streams
      .filter(({ capture_session_id }) => capture_session_id === row.id)
      .map((stream) => ({
        id: stream.id,
        rtstream_id: stream.id,
        channel_id: stream.channel_id ?? '',
        name: stream.name,
        collection_id: stream.collection_id,
        created_at: isoTime(stream.created_at),
        sample_rate: stream.sample_rate,
        status: stream.status,
        media_types: stream.media_types,
      })),
  }));
}
