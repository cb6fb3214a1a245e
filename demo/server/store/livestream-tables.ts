import type { Generated, GeneratedAlways } from 'kysely';
import type { CreatedAt, Json } from './column-types.ts';

/** The tables of the livestream service; times are timestamps, those on a recording's clock Unix ms in double precision. */

export interface LivestreamTaskTable {
  /** UUID */
  id: string;
  url: string;
  livestream_name: string;
  entity: string | null;
  /** When the broadcast is to begin, or began. */
  start_time: Date;
  status: 'pending' | 'listening' | 'recording' | 'processing' | 'completed' | 'failed';
  /** What the recorder knows it by; null = no recorder is involved. */
  bililive_live_id: string | null;
  host_name: string | null;
  /** Null: none was named, the default one is meant. */
  prompt_name: string | null;
  prompt_content: string;
  /** `data:image/…;base64,…` */
  livestream_image: string | null;
  /** Markdown as it was made or handed in: to be sanitised where it is shown. */
  summary_report: string | null;
  /** `sub` of the token that made it. */
  owner: string;
  /** Somebody wants it watched, whatever its status says right now. */
  wanted: boolean;
  /** Why it is `failed`, in words. */
  failure: string | null;
  created_at: CreatedAt;
  updated_at: Date;
  /** The names as they are searched; null = not yet. */
  name_key: Generated<string | null>;
  host_key: Generated<string | null>;
  /** Both keys, with a space before and after each. */
  findable: GeneratedAlways<string>;
}

/** A word in the name of a task or its host, or a run of a script without spaces. */
export interface LivestreamWordTable {
  word: string;
  /** ASCII, for the trigram index; null for a run. */
  trigrams: string | null;
}

/** What was announced: written in the transaction of what it announces. */
export interface LivestreamNoticeTable {
  /** Counts up in the order in which they became true. */
  id: Generated<number>;
  type: string;
  data: Json<Readonly<Record<string, unknown>>>;
  source: string;
  /** Null: for everybody. */
  room: string | null;
  created_at: CreatedAt;
}

export interface LivestreamLogTable {
  id: Generated<number>;
  task_id: string;
  at: Date;
  level: 'INFO' | 'WARNING' | 'ERROR';
  message: string;
}

export interface LivestreamPromptTable {
  /** e.g. `00.default-summary.md`, NFC. */
  name: string;
  /** Markdown */
  content: string;
  updated_at: Date;
}

/** A stretch of a broadcast that was recorded. */
export interface LivestreamPartTable {
  id: Generated<number>;
  task_id: string;
  /** Of the recording in the media library that it is a stretch of. */
  stream_id: string;
  /** Unix ms */
  start_ms: number;
  /** Null: under way. */
  end_ms: number | null;
  /** What the recorder calls it, e.g. a file of bililive-go's; null = it is recorded here. */
  source: string | null;
}

/** An analysis: one row a task, done again and again. */
export interface LivestreamJobTable {
  task_id: string;
  /** Where it is, or where it goes on. */
  step: 'join' | 'frames' | 'read' | 'hear' | 'summarise';
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Times its step was begun. */
  attempts: number;
  /** Not before. */
  due_at: Date;
  /** 0–100 of the step */
  progress: number;
  error: string | null;
  created_at: CreatedAt;
  updated_at: Date;
}

/** Refresh tokens, by the hash of what their holder has; each is good once. */
export interface LivestreamRefreshTable {
  /** SHA-256, hex */
  hash: string;
  /** Those that came from one login: used twice, all of it is revoked. */
  family: string;
  subject: string;
  expires_at: Date;
  used_at: Date | null;
}

/** A login that is void; until nothing that came from it is good by itself. */
export interface LivestreamRevocationTable {
  /** `family` of its refresh tokens. */
  login: string;
  until: Date;
}

export interface LivestreamTables {
  livestream_tasks: LivestreamTaskTable;
  livestream_words: LivestreamWordTable;
  livestream_notices: LivestreamNoticeTable;
  livestream_logs: LivestreamLogTable;
  livestream_prompts: LivestreamPromptTable;
  livestream_parts: LivestreamPartTable;
  livestream_jobs: LivestreamJobTable;
  livestream_refreshes: LivestreamRefreshTable;
  livestream_revocations: LivestreamRevocationTable;
}
