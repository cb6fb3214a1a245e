import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Indexes of the second generation: a name under which what an understanding tells is searched and watched. */

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table derived_indexes (
         id text primary key,
         stream_id text not null references streams (id) on delete cascade,
         index_id text not null references indexes (id) on delete cascade,
         output text not null,
         name text not null,
         use_for text[] not null default '{}',
         status text not null,
         created_at timestamptz not null default now()
       )`,
    )
    .execute(database);
  await sql.raw('create index derived_indexes_stream on derived_indexes (stream_id)').execute(database);
}
