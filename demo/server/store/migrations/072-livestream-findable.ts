import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Tasks are found by names in one spelling, and by words that are nearly those in them. */

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  'alter table livestream_tasks add column name_key text',
  'alter table livestream_tasks add column host_key text',
  `alter table livestream_tasks add column findable text
    generated always as (' ' || coalesce(name_key, '') || ' ' || coalesce(host_key, '') || ' ') stored`,
  // Those from before get their keys when the gateway begins: it knows how to spell them.
  'create index livestream_tasks_without_key on livestream_tasks (id) where name_key is null',
  'create table livestream_words (word text primary key, trigrams text)',
];
