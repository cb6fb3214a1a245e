import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Passages are found by more than is shown of them, and by meaning. */

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `alter table passages add column evidence text not null default ''`,
  `alter table passages drop column tsv`,
  `alter table passages add column tsv tsvector generated always as (to_tsvector('english', text || ' ' || evidence)) stored`,
  'create index passages_tsv on passages using gin (tsv)',
  // 512 bytes a part where a real[] has 2 kB, and read by the clients as it is instead of number by number.
  'alter table passages add column vector bytea',
  'create index passages_without_vector on passages (id) where vector is null',
];
