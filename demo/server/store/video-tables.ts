import type { Generated } from 'kysely';
import type { CreatedAt, Json } from './column-types.ts';
import type { WordTime } from './stream-tables.ts';

/** Videos and what is said and seen in them; times are ms from their beginning. */

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
