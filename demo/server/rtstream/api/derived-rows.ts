import type { Selectable } from 'kysely';
import type { DerivedIndexTable } from '../../store/stream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { notFound } from './api-error.ts';

/** Indexes of the second generation as they are kept. */

export type DerivedRow = Selectable<DerivedIndexTable>;

export async function findDerived(database: Database, streamId: string, id: string, field = 'index_id'): Promise<DerivedRow> {
  const row = await database
    .selectFrom('derived_indexes')
    .selectAll()
    .where('stream_id', '=', streamId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw notFound('index', id, field);
  return row;
}

/** The index whose scenes an id of either generation means, of any stream. Throws `ApiError` 404. */
export async function readIndexId(database: Database, id: string, field: string): Promise<string> {
  const derived = await database.selectFrom('derived_indexes').select('index_id').where('id', '=', id).executeTakeFirst();
  if (derived !== undefined) return derived.index_id;
  const own = await database.selectFrom('indexes').select('id').where('id', '=', id).executeTakeFirst();
  if (own === undefined) throw notFound('index', id, field);
  return own.id;
}
