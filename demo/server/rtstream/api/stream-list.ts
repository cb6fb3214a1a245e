import { sql } from 'kysely';
import { z } from 'zod';
import { findCollection } from './collection-rows.ts';
import type { Context } from './context.ts';
import { optional } from './fields.ts';
import { containing, neighbours } from './paging.ts';
import type { StreamRow } from './stream-rows.ts';

/** The list of streams: page, filters, order. */

const COLUMNS = ['created_at', 'name', 'status', 'id', 'sample_rate'] as const;
const ORDERINGS = COLUMNS.flatMap((column) => [column, `-${column}` as const]);

export const listQuery = z.object({
  limit: optional(z.coerce.number().int().min(1).max(1000)).describe('100 where nothing is said'),
  offset: optional(z.coerce.number().int().min(0).max(1e9)),
  status: optional(z.enum(['connected', 'running', 'stopped'])),
  name: optional(z.string().max(200)).describe('A part of it, in any case'),
  ordering: optional(z.enum(ORDERINGS)).describe('A column, with a minus for the other way round'),
  collection_id: optional(z.string().max(200)),
});

export interface StreamList {
  readonly rows: readonly StreamRow[];
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
}

export async function listStreams(context: Context, base: string, query: z.output<typeof listQuery>): Promise<StreamList> {
  const { database } = context;
  const { limit = 100, offset = 0, ordering = '-created_at' } = query;
  const collection = query.collection_id === undefined ? null : await findCollection(database, query.collection_id);
  let found = database.selectFrom('streams');
  if (collection !== null) found = found.where('collection_id', '=', collection.id);
  if (query.status !== undefined) found = found.where('status', '=', query.status === 'stopped' ? 'stopped' : 'connected');
  if (query.name !== undefined) found = found.where('name', 'ilike', containing(query.name));
  const { count } = await found.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const direction = ordering.startsWith('-') ? 'desc' : 'asc';
  const column = COLUMNS.find((known) => ordering.endsWith(known)) ?? 'created_at';
  const rows = await found
    .selectAll()
    // People order names by letters, whatever their case and the database's language.
    .orderBy(column === 'name' ? sql`lower(name)` : column, direction)
    // Ids of one instant are in order too: pages never overlap.
    .orderBy('id', direction)
    .limit(limit)
    .offset(offset)
    .execute();
  const asked = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, value?.toString()]));
  const window = { limit, offset, count };
  return { rows, count: window.count, ...neighbours(context, base, { path: '/rtstream', query: asked }, window) };
}
