import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Livestream tasks, what was announced of them, their logs, prompts, recorded parts, analyses and refresh tokens. */

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `create table livestream_tasks (
    id text primary key,
    url text not null,
    livestream_name text not null,
    entity text,
    start_time timestamptz not null,
    status text not null,
    bililive_live_id text,
    host_name text,
    prompt_name text,
    prompt_content text not null,
    livestream_image text,
    summary_report text,
    owner text not null,
    wanted boolean not null,
    failure text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null
  )`,
  // Each order that lists can be asked for; the id makes it whole.
  `create index livestream_tasks_made on livestream_tasks (created_at, id)`,
  `create index livestream_tasks_begun on livestream_tasks (start_time, id)`,
  `create index livestream_tasks_status on livestream_tasks (status, id)`,
  `create index livestream_tasks_name on livestream_tasks (livestream_name, id)`,
  `create table livestream_notices (
    id bigserial primary key,
    type text not null,
    data jsonb not null,
    source text not null,
    room text,
    created_at timestamptz not null default now()
  )`,
  `create index livestream_notices_age on livestream_notices (created_at)`,
  `create table livestream_logs (
    id bigserial primary key,
    task_id text not null references livestream_tasks (id) on delete cascade,
    at timestamptz not null,
    level text not null,
    message text not null
  )`,
  `create index livestream_logs_task on livestream_logs (task_id, id)`,
  `create table livestream_prompts (
    name text primary key,
    content text not null,
    updated_at timestamptz not null
  )`,
  `create table livestream_parts (
    id bigserial primary key,
    task_id text not null references livestream_tasks (id) on delete cascade,
    stream_id text not null,
    start_ms double precision not null,
    end_ms double precision
  )`,
  `create index livestream_parts_task on livestream_parts (task_id, start_ms)`,
  `create table livestream_jobs (
    task_id text primary key references livestream_tasks (id) on delete cascade,
    step text not null,
    status text not null,
    attempts integer not null,
    due_at timestamptz not null,
    progress double precision not null,
    error text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null
  )`,
  `create index livestream_jobs_due on livestream_jobs (status, due_at)`,
  `create table livestream_refreshes (
    hash text primary key,
    family text not null,
    subject text not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create index livestream_refreshes_family on livestream_refreshes (family)`,
];
