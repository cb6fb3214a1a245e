import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Frames numbered by the gateway and kept as sent; what an alert last saw; webhooks sent once, and counted by host. */

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  // Frames of the form before were kept for minutes only.
  `drop table channel_frames`,
  `create table channel_frames (
    connection_id text not null,
    seq bigint not null,
    body text not null,
    created_at timestamptz not null default now(),
    primary key (connection_id, seq)
  )`,
  `create index channel_frames_age on channel_frames (created_at)`,
  `alter table alerts add column present boolean not null default false`,
  `alter table alerts add column missed integer not null default 0`,
  `alter table alerts add column seen_ms double precision`,
  `alter table deliveries add column host text not null default ''`,
  `create unique index deliveries_once on deliveries (event, subject_id, url)`,
];
