import type { Generated, Kysely } from 'kysely';
import type { AlertHitTable, AlertTable, DeliveryTable, EventTable } from './alert-tables.ts';
import type { CreatedAt, Derived, Json } from './column-types.ts';
import type { LivestreamTables } from './livestream-tables.ts';
import type { DerivedIndexTable, IndexTable, LineTable, SceneTable, StreamTable, TranscriptionTable } from './stream-tables.ts';
import type { VideoLineTable, VideoSceneTable, VideoTable } from './video-tables.ts';

/**
 * Every table, as its rows look to a query; `migrations/` makes them. Times on a stream's clock are Unix ms in double precision, because
 * both PostgreSQL clients read those as numbers; times of the record itself are timestamps.
 */

export interface CollectionTable {
  id: string;
  name: string;
  description: string;
  is_public: Generated<boolean>;
  /** Exactly one is what `default` means. */
  is_default: Generated<boolean>;
  created_at: CreatedAt;
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
