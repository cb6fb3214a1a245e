import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What the recorder calls a recorded part: by it a file is fetched once. */

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table livestream_parts add column source text').execute(database);
}
