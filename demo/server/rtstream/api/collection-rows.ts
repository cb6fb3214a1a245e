import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { CollectionTable, Database } from '../../store/tables.ts';
import { notFound } from './api-error.ts';

/** Collections as they are kept; there is always the one that `default` means. */

export type CollectionRow = Selectable<CollectionTable>;

export async function findCollection(database: Database, id: string, field = 'collection_id'): Promise<CollectionRow> {
  if (id === 'default') return defaultCollection(database);
  const row = await database.selectFrom('collections').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('collection', id, field);
  return row;
}

async function defaultCollection(database: Database): Promise<CollectionRow> {
  const find = () => database.selectFrom('collections').selectAll().where('is_default', '=', true).executeTakeFirst();
  const known = await find();
  if (known !== undefined) return known;
  // Two who come first make one: the table allows one default.
  await database
    .insertInto('collections')
    .values({ id: `c-${randomUUID()}`, name: 'default', description: 'What is put nowhere else', is_default: true })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await find();
  if (made === undefined) throw new Error('The default collection could not be made.');
  return made;
}
