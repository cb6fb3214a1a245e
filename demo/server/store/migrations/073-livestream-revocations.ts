import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Logins whose access tokens are void before they end. */

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('create table livestream_revocations (login text primary key, until timestamptz not null)').execute(database);
}
