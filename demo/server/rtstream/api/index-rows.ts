import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { IndexTable } from '../../store/stream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { notFound } from './api-error.ts';

/** Indexes as they are kept. */

export type IndexRow = Selectable<IndexTable>;

/** As VideoDB makes them for scene indexes, events and alerts (spec §3). */
export const hexId = (): string => randomBytes(8).toString('hex');

/** The index of this stream. Throws `ApiError` 404, also for another stream's. */
export async function findIndex(database: Database, streamId: string, id: string, field = 'scene_index_id'): Promise<IndexRow> {
  const row = await database
    .selectFrom('indexes')
    .selectAll()
    .where('stream_id', '=', streamId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw notFound('index', id, field);
  return row;
}
