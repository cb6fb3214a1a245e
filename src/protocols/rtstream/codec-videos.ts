import { firstText, list, number, object, requiredText, text, timeMs } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';

/** Clips, exports, videos and what a search found, as the HTTP routes answer them, field by field; seconds become ms here. */

/** A playlist, and a page that plays it. */
export interface Clip {
  readonly streamUrl: string;
  /** Null: the server has no page for it. */
  readonly playerUrl: string | null;
}

export const readClip = (value: unknown): Clip => {
  const told = object(value);
  return { streamUrl: requiredText(told['stream_url'], 'stream_url'), playerUrl: text(told['player_url']) };
};

export interface ExportResult {
  readonly videoId: string;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
  readonly name: string;
  readonly durationMs: number | null;
}

export function readExport(value: unknown): ExportResult {
  const told = object(value);
  const seconds = number(told['duration']);
  return {
    videoId: requiredText(told['video_id'], 'video_id'),
    streamUrl: text(told['stream_url']),
    playerUrl: text(told['player_url']),
    name: text(told['name']) ?? '',
    durationMs: seconds === null ? null : Math.round(seconds * 1000),
  };
}

export interface VideoFacts {
  readonly id: string;
  readonly collectionId: string | null;
  readonly name: string;
  readonly description: string;
  readonly lengthMs: number;
  /** Unix ms of its first frame; null = not told. */
  readonly startMs: number | null;
  readonly streamId: string | null;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
  readonly thumbnailUrl: string | null;
  /** `none`, `processing`, `ready`, `failed`: whether its words are known; null = not told. */
  readonly spokenIndex: string | null;
}

export function readVideo(value: unknown): VideoFacts {
  const told = object(value);
  return {
    id: requiredText(firstText(told['id'], told['video_id']), 'id'),
    collectionId: text(told['collection_id']),
    name: firstText(told['name'], told['title']) ?? '',
    description: text(told['description']) ?? '',
    lengthMs: Math.round((number(told['length']) ?? 0) * 1000),
    startMs: timeMs(firstText(told['start'], told['start_time'])),
    streamId: text(told['rtstream_id']),
    streamUrl: text(told['stream_url']),
    playerUrl: text(told['player_url']),
    thumbnailUrl: text(told['thumbnail_url']),
    spokenIndex: text(told['spoken_index']),
  };
}

/** One hit of a search. */
export interface ShotFacts {
  /** Unix ms on a stream, ms from the beginning of a video. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0–1; null = not told. */
  readonly score: number | null;
  readonly streamId: string | null;
  readonly streamName: string | null;
  readonly videoId: string | null;
  readonly collectionId: string | null;
  readonly title: string | null;
  readonly indexId: string | null;
  readonly metadata: Json;
}

const readShot = (value: unknown, around: Json): ShotFacts => {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return {
    startMs,
    endMs: Math.max(startMs, timeMs(told['end']) ?? startMs),
    text: text(told['text']) ?? '',
    score: number(firstText(told['score'], told['search_score'])),
    streamId: firstText(told['rtstream_id'], around['rtstream_id']),
    streamName: text(told['rtstream_name']),
    videoId: firstText(told['video_id'], around['video_id']),
    collectionId: firstText(told['collection_id'], around['collection_id']),
    title: firstText(around['title'], around['name']),
    indexId: text(told['scene_index_id']),
    metadata: object(told['metadata']),
  };
};

/** Hits of streams are a flat list, those of videos stand under their video (spec §2). */
export function readShots(value: unknown, streamId: string | null = null): readonly ShotFacts[] {
  return list(object(value)['results']).flatMap((one) => {
    const told = object(one);
    if (Array.isArray(told['docs'])) return told['docs'].map((doc: unknown) => readShot(doc, told));
    return [readShot({ ...told, rtstream_id: firstText(told['rtstream_id'], told['id'], streamId) }, {})];
  });
}
