import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Streams, what was heard and seen on them, alerts, videos, captures, and what was sent to whom. */

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = `
create table collections (
  id text primary key,
  name text not null,
  description text not null,
  is_public boolean not null default false,
  is_default boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index collections_default on collections (is_default) where is_default;

create table streams (
  id text primary key,
  collection_id text not null references collections (id),
  name text not null,
  url text,
  ingest_mode text not null,
  push_key text unique,
  media_types text[] not null,
  sample_rate integer not null,
  store boolean not null,
  status text not null,
  ws_connection_ids text[] not null default '{}',
  capture_session_id text,
  channel_id text,
  created_at timestamptz not null default now()
);
create index streams_created on streams (created_at);
create index streams_capture on streams (capture_session_id);

create table transcriptions (
  stream_id text primary key references streams (id) on delete cascade,
  engine text not null,
  status text not null,
  language text,
  translate_to text[] not null default '{}',
  ws_connection_ids text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);

create table lines (
  id serial primary key,
  line text unique,
  stream_id text not null references streams (id) on delete cascade,
  start_ms double precision not null,
  end_ms double precision not null,
  text text not null,
  language text not null,
  words jsonb not null,
  translations jsonb not null,
  created_at timestamptz not null default now()
);
create index lines_time on lines (stream_id, start_ms);

create table indexes (
  id text primary key,
  stream_id text not null references streams (id) on delete cascade,
  name text not null,
  kind text not null,
  extraction_type text not null,
  extraction_config jsonb not null,
  prompt text not null,
  model_name text,
  model_config jsonb not null,
  status text not null,
  ws_connection_ids text[] not null default '{}',
  v2 jsonb,
  created_at timestamptz not null default now()
);
create index indexes_stream on indexes (stream_id);

create table scenes (
  id serial primary key,
  index_id text not null references indexes (id) on delete cascade,
  stream_id text not null references streams (id) on delete cascade,
  start_ms double precision not null,
  end_ms double precision not null,
  text text not null,
  data jsonb,
  metadata jsonb not null,
  created_at timestamptz not null default now()
);
create index scenes_time on scenes (index_id, start_ms);

create table events (
  id text primary key,
  event_prompt text not null,
  label text not null,
  created_at timestamptz not null default now()
);

create table alerts (
  id text primary key,
  index_id text not null references indexes (id) on delete cascade,
  event_id text not null references events (id) on delete cascade,
  callback_url text not null,
  ws_connection_ids text[] not null default '{}',
  status text not null,
  created_at timestamptz not null default now()
);
create index alerts_index on alerts (index_id);

create table alert_hits (
  id text primary key,
  alert_id text not null references alerts (id) on delete cascade,
  stream_id text not null references streams (id) on delete cascade,
  scene_id integer,
  label text not null,
  explanation text not null,
  confidence double precision not null,
  start_ms double precision not null,
  end_ms double precision not null,
  created_at timestamptz not null default now()
);
create index alert_hits_stream on alert_hits (stream_id, start_ms);

create table deliveries (
  id text primary key,
  event text not null,
  subject_id text not null,
  url text not null,
  payload jsonb not null,
  status text not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_status integer,
  last_error text,
  delivered_at timestamptz,
  created_at timestamptz not null default now()
);
create index deliveries_due on deliveries (next_attempt_at) where status = 'pending';

create table videos (
  id text primary key,
  collection_id text not null references collections (id),
  stream_id text,
  name text not null,
  description text not null default '',
  length double precision not null,
  start_ms double precision,
  folder text not null,
  size double precision not null default 0,
  spoken_index text not null default 'none',
  created_at timestamptz not null default now()
);

create table video_lines (
  id serial primary key,
  video_id text not null references videos (id) on delete cascade,
  start_ms double precision not null,
  end_ms double precision not null,
  text text not null,
  language text not null,
  words jsonb not null,
  translations jsonb not null
);
create index video_lines_time on video_lines (video_id, start_ms);

create table video_scenes (
  id serial primary key,
  video_id text not null references videos (id) on delete cascade,
  index_id text not null,
  start_ms double precision not null,
  end_ms double precision not null,
  text text not null,
  data jsonb,
  metadata jsonb not null
);
create index video_scenes_time on video_scenes (video_id, start_ms);

create table passages (
  id serial primary key,
  collection_id text not null references collections (id) on delete cascade,
  stream_id text references streams (id) on delete cascade,
  video_id text references videos (id) on delete cascade,
  index_id text,
  source text not null,
  start_ms double precision not null,
  end_ms double precision not null,
  text text not null,
  embedding real[],
  metadata jsonb not null default '{}',
  tsv tsvector generated always as (to_tsvector('english', text)) stored
);
create index passages_tsv on passages using gin (tsv);
create index passages_stream on passages (stream_id);
create index passages_video on passages (video_id);
create index passages_collection on passages (collection_id);

create table capture_sessions (
  id text primary key,
  collection_id text not null references collections (id),
  end_user_id text not null,
  status text not null,
  callback_url text,
  ws_connection_ids text[] not null default '{}',
  metadata jsonb not null,
  channels jsonb not null,
  primary_video_channel_id text,
  export_status text,
  exported_video_id text,
  error text,
  created_at timestamptz not null default now()
);

create table jobs (
  id text primary key,
  kind text not null,
  status text not null,
  percentage double precision not null default 0,
  result jsonb,
  error text,
  error_status integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);

create table channel_frames (
  seq serial primary key,
  connection_id text not null,
  body jsonb not null,
  created_at timestamptz not null default now()
);
create index channel_frames_connection on channel_frames (connection_id, seq)
`
  .split(/;\n/)
  .map((statement) => statement.trim())
  .filter((statement) => statement !== '');
