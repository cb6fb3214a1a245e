import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { StreamTable } from '../../store/stream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { ApiError, notFound } from './api-error.ts';

/** Streams as they are kept. */

export type StreamRow = Selectable<StreamTable>;

/** Any number, the same in every gateway on one database. */
const ADMISSION_LOCK = 7_235_811;

export async function findStream(database: Database, id: string, field = 'rtstream_id'): Promise<StreamRow> {
  const row = await database.selectFrom('streams').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('stream', id, field);
  return row;
}

/** Runs `write` if one more stream may be taken in; who comes at once waits, so that the limit holds. Throws `ApiError` 429. */
export async function admitStream<T>(
  database: Database,
  most: number,
  except: string | null,
  write: (database: Database) => Promise<T>,
): Promise<T> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${ADMISSION_LOCK})`.execute(transaction);
    const { count } = await transaction
      .selectFrom('streams')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('status', '=', 'connected')
      .$if(except !== null, (query) => query.where('id', '!=', except ?? ''))
      .executeTakeFirstOrThrow();
    if (count >= most) {
      throw new ApiError(429, 'too_many_streams', `${most} streams are taken in already (MAX_STREAMS); stop one first.`);
    }
    return write(transaction);
  });
}

/** Adds a socket to those that hear of a row; twice is once. */
export const withConnection = (known: readonly string[], added: string | undefined): string[] =>
  added === undefined || added === '' || known.includes(added) ? [...known] : [...known, added].slice(-50);
