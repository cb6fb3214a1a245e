import type { Generated } from 'kysely';
import type { CreatedAt, Json } from './column-types.ts';

/** Streams and what is heard and seen on them; times on a stream's clock are Unix ms in double precision. */

export interface WordTime {
  readonly text: string;
  /** Unix ms for streams, ms from the beginning for videos. */
  readonly startMs: number;
  readonly endMs: number;
  /** Worked out from the sound and the length of the words, because the engine tells none. */
  readonly estimated?: true;
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
