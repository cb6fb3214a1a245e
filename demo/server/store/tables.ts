import type { ColumnType, Generated, Kysely } from 'kysely';
import type { LivestreamTables } from './livestream-tables.ts';

/**
 * Every table, as its rows look to a query; `migrations/` makes them. Times on a stream's clock are Unix ms in double precision, because
 * both PostgreSQL clients read those as numbers; times of the record itself are timestamps.
 */

/** JSON as stored: read as what it holds, written through `json()`. */
export type Json<T> = ColumnType<T, unknown, unknown>;
/** Filled by the database, never written. */
export type Derived<T> = ColumnType<T, never, never>;
/** `now()` unless written. */
export type CreatedAt = ColumnType<Date, Date | undefined, never>;

export interface WordTime {
  readonly text: string;
  /** Unix ms for streams, ms from the beginning for videos. */
  readonly startMs: number;
  readonly endMs: number;
  /** Worked out from the sound and the length of the words, because the engine tells none. */
  readonly estimated?: true;
}

export interface CollectionTable {
  id: string;
  name: string;
  description: string;
  is_public: Generated<boolean>;
  /** Exactly one is what `default` means. */
  is_default: Generated<boolean>;
  created_at: CreatedAt;
}

export interface StreamTable {
  /** `rts-<uuid7>` */
  id: string;
  collection_id: string;
  name: string;
  /** What is pulled; null = the source comes to us. */
  url: string | null;
  ingest_mode: 'pull' | 'push' | 'capture';
  /** Last part of the RTMP URL of a push stream. */
  push_key: string | null;
  /** `audio`, `video` or both. */
  media_types: string[];
  /** Frames sampled a minute for what looks at pictures without saying how often. */
  sample_rate: number;
  store: boolean;
  status: 'connected' | 'stopped';
  /** Sockets that hear everything of this stream. */
  ws_connection_ids: Generated<string[]>;
  capture_session_id: string | null;
  /** `mic`, `camera`, `screen`, `system_audio` in a capture session. */
  channel_id: string | null;
  created_at: CreatedAt;
}

export interface TranscriptionTable {
  stream_id: string;
  /** As asked for: `assemblyai` unless said otherwise. */
  engine: string;
  status: 'running' | 'stopped';
  language: string | null;
  /** BCP 47 that each line is translated into. */
  translate_to: Generated<string[]>;
  ws_connection_ids: Generated<string[]>;
  created_at: CreatedAt;
  updated_at: Date;
}

/** One sentence that was heard on a stream. */
export interface LineTable {
  id: Generated<number>;
  /** `ln-<uuid7>`: what readers know it by, from its first interim on. */
  line: string | null;
  stream_id: string;
  start_ms: number;
  end_ms: number;
  text: string;
  /** BCP 47 */
  language: string;
  words: Json<readonly WordTime[]>;
  /** BCP 47 → text */
  translations: Json<Readonly<Record<string, string>>>;
  created_at: CreatedAt;
}

export interface IndexTable {
  /** 16 hex digits (v1), `und-…`, `idx-…` (v2). */
  id: string;
  stream_id: string;
  name: string;
  kind: 'audio' | 'visual';
  /** As answered: `transcript` or `time`. */
  extraction_type: string;
  /** v1: `{segmenter, segmentation_value}` or `{time, frame_count}`. */
  extraction_config: Json<Readonly<Record<string, string | number>>>;
  prompt: string;
  /** Tier of a visual index: `mini`, `basic`, `pro`, `ultra`. */
  model_name: string | null;
  model_config: Json<Readonly<Record<string, unknown>>>;
  status: 'connected' | 'stopped' | 'failed';
  ws_connection_ids: Generated<string[]>;
  /** v2 alone: what was asked for, as asked. */
  v2: Json<Readonly<Record<string, unknown>> | null>;
  created_at: CreatedAt;
}

/** A v2 index: what one of the `indexes` tells, under a name of its own. */
export interface DerivedIndexTable {
  /** `idx-…` */
  id: string;
  stream_id: string;
  /** The understanding that it reads. */
  index_id: string;
  output: string;
  name: string;
  use_for: Generated<string[]>;
  status: 'connected' | 'stopped';
  created_at: CreatedAt;
}

/** One window of an index. */
export interface SceneTable {
  id: Generated<number>;
  index_id: string;
  stream_id: string;
  start_ms: number;
  end_ms: number;
  text: string;
  /** The parsed answer where the prompt asked for JSON. */
  data: Json<unknown>;
  /** Which engine and tier spoke, frames looked at, … */
  metadata: Json<Readonly<Record<string, unknown>>>;
  created_at: CreatedAt;
}

export interface EventTable {
  /** 16 hex digits */
  id: string;
  event_prompt: string;
  label: string;
  created_at: CreatedAt;
}

export interface AlertTable {
  /** 16 hex digits */
  id: string;
  index_id: string;
  event_id: string;
  /** `''` = no webhook. */
  callback_url: string;
  ws_connection_ids: Generated<string[]>;
  status: 'enabled' | 'disabled';
  /** What its event speaks of was there when it last looked. */
  present: Generated<boolean>;
  /** Scenes since in a row without it. */
  missed: Generated<number>;
  /** End of the last scene it looked at, Unix ms. */
  seen_ms: number | null;
  created_at: CreatedAt;
}

/** An alert that fired. */
export interface AlertHitTable {
  /** `event-<hex>`, what receivers deduplicate by. */
  id: string;
  alert_id: string;
  stream_id: string;
  scene_id: number | null;
  label: string;
  explanation: string;
  /** 0–1 */
  confidence: number;
  start_ms: number;
  end_ms: number;
  created_at: CreatedAt;
}

/** A webhook on its way, and how it went. */
export interface DeliveryTable {
  /** `dlv-<uuid7>` */
  id: string;
  /** `alert`, `capture_session.active`, … */
  event: string;
  /** What it tells of: an alert hit or a capture session. */
  subject_id: string;
  url: string;
  /** Of the URL, with its port. */
  host: Generated<string>;
  payload: Json<Readonly<Record<string, unknown>>>;
  status: 'pending' | 'delivered' | 'failed';
  attempts: Generated<number>;
  next_attempt_at: Date | null;
  last_status: number | null;
  last_error: string | null;
  delivered_at: Date | null;
  created_at: CreatedAt;
}

export interface VideoTable {
  /** `m-<uuid7>` */
  id: string;
  collection_id: string;
  /** Null: not made from a stream. */
  stream_id: string | null;
  name: string;
  description: Generated<string>;
  /** s */
  length: number;
  /** Unix ms of its first frame. */
  start_ms: number | null;
  /** Folder under the data folder that holds its files. */
  folder: string;
  /** Bytes of its media. */
  size: Generated<number>;
  /** Of the segments (or the video and the captions) that it was made of; null = made of something else. */
  recording_key: Generated<string | null>;
  /** `none` until asked for or copied from the stream. */
  spoken_index: Generated<'none' | 'processing' | 'ready' | 'failed'>;
  created_at: CreatedAt;
}

/** One sentence of a video; ms from its beginning. */
export interface VideoLineTable {
  id: Generated<number>;
  video_id: string;
  start_ms: number;
  end_ms: number;
  text: string;
  language: string;
  words: Json<readonly WordTime[]>;
  translations: Json<Readonly<Record<string, string>>>;
}

/** One scene of a video; ms from its beginning. */
export interface VideoSceneTable {
  id: Generated<number>;
  video_id: string;
  /** The stream's index it came from, or an analysis (`ana-…`). */
  index_id: string;
  start_ms: number;
  end_ms: number;
  text: string;
  data: Json<unknown>;
  metadata: Json<Readonly<Record<string, unknown>>>;
}

/** What can be found by search: one row a line or scene, of streams (Unix ms) and videos (ms from the beginning). */
export interface PassageTable {
  id: Generated<number>;
  collection_id: string;
  stream_id: string | null;
  video_id: string | null;
  /** Null for transcripts. */
  index_id: string | null;
  source: 'transcript' | 'scene';
  start_ms: number;
  end_ms: number;
  text: string;
  /** What else is known of it: found by, not shown. */
  evidence: Generated<string>;
  /** Not used: `vector` is. */
  embedding: Generated<number[] | null>;
  /** Unit vectors of the meaning of its parts, each as 512 signed bytes; null where no model made them yet. */
  vector: Generated<Uint8Array | null>;
  metadata: Json<Readonly<Record<string, unknown>>>;
  /** Filled by the database from `text` and `evidence`. */
  tsv: Derived<string>;
}

export interface CaptureSessionTable {
  /** `cap-<uuid7>` */
  id: string;
  collection_id: string;
  end_user_id: string;
  status: 'created' | 'starting' | 'active' | 'stopping' | 'stopped' | 'exported' | 'failed';
  callback_url: string | null;
  ws_connection_ids: Generated<string[]>;
  metadata: Json<Readonly<Record<string, unknown>>>;
  channels: Json<readonly CaptureChannel[]>;
  primary_video_channel_id: string | null;
  export_status: 'exporting' | 'exported' | 'failed' | null;
  exported_video_id: string | null;
  error: string | null;
  created_at: CreatedAt;
}

export interface CaptureChannel {
  readonly channel_id: string;
  readonly name: string;
  readonly type: 'audio' | 'video';
  readonly store: boolean;
  readonly is_primary: boolean;
}

/** A call that takes its time. */
export interface JobTable {
  /** `job-<uuid7>` */
  id: string;
  kind: string;
  status: 'processing' | 'done' | 'failed';
  /** 0–100 */
  percentage: Generated<number>;
  /** The `data` of its final answer. */
  result: Json<unknown>;
  error: string | null;
  /** HTTP status of its final answer when it failed. */
  error_status: number | null;
  created_at: CreatedAt;
  updated_at: Date;
}

/** What went out on a socket, kept so that who comes back can hear what was missed. */
export interface ChannelFrameTable {
  /** `ws-<uuid7>`, or `stream:rts-…` for those who follow a stream. */
  connection_id: string;
  /** Counts up over all frames, not by one. */
  seq: number;
  /** JSON text of the frame. */
  body: string;
  created_at: CreatedAt;
}

export interface Tables extends LivestreamTables {
  collections: CollectionTable;
  streams: StreamTable;
  transcriptions: TranscriptionTable;
  lines: LineTable;
  indexes: IndexTable;
  derived_indexes: DerivedIndexTable;
  scenes: SceneTable;
  events: EventTable;
  alerts: AlertTable;
  alert_hits: AlertHitTable;
  deliveries: DeliveryTable;
  videos: VideoTable;
  video_lines: VideoLineTable;
  video_scenes: VideoSceneTable;
  passages: PassageTable;
  capture_sessions: CaptureSessionTable;
  jobs: JobTable;
  channel_frames: ChannelFrameTable;
}

export type Database = Kysely<Tables>;
