import { firstText, list, number, object, requiredText, text, timeMs, translations } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';
import { sceneId } from './codec.ts';
import { severityOf } from './codec-severity.ts';
import type { AlertSeverity, StreamStatus } from '../../shared/stream-feed.ts';

/** What the HTTP routes answer with, field by field; seconds become ms here. */

export interface CollectionFacts {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
}

export const readCollection = (value: unknown, id?: string): CollectionFacts => {
  const told = object(value);
  return {
    id: requiredText(firstText(told['id'], id), 'id'),
    name: text(told['name']) ?? '',
    description: text(told['description']) ?? '',
    isPublic: told['is_public'] === true,
  };
};

export interface StreamFacts {
  readonly id: string;
  readonly name: string;
  readonly collectionId: string | null;
  readonly status: string;
  readonly createdMs: number | null;
  /** Frames a minute. */
  readonly sampleRate: number | null;
  readonly mediaTypes: readonly string[];
  readonly store: boolean;
  readonly ingestMode: string;
  /** `mic`, `screen`, … in a capture session. */
  readonly channelId: string | null;
  /** What is pulled, without credentials. */
  readonly source: string | null;
  /** Where an encoder publishes. */
  readonly pushUrl: string | null;
  readonly liveUrl: string | null;
  readonly playerUrl: string | null;
  /** How its source does; null = not told. */
  readonly state: StreamStatus['state'] | null;
  readonly message: string | null;
}

const STATES: readonly StreamStatus['state'][] = ['stopped', 'connecting', 'waiting', 'live', 'retrying', 'ended', 'failed'];

export function readStream(value: unknown): StreamFacts {
  const told = object(value);
  const health = object(told['health']);
  return {
    id: requiredText(firstText(told['id'], told['rtstream_id']), 'id'),
    name: text(told['name']) ?? '',
    collectionId: text(told['collection_id']),
    status: text(told['status']) ?? '',
    createdMs: timeMs(told['created_at']),
    sampleRate: number(told['sample_rate']),
    mediaTypes: list(told['media_types']).filter((kind): kind is string => typeof kind === 'string'),
    store: told['store'] !== false,
    ingestMode: text(told['ingest_mode']) ?? 'pull',
    channelId: text(told['channel_id']),
    source: text(told['source']),
    pushUrl: text(told['push_url']),
    liveUrl: firstText(told['live_url'], told['stream_url']),
    playerUrl: text(told['player_url']),
    state: STATES.find((known) => known === health['state']) ?? (told['status'] === 'stopped' ? 'stopped' : null),
    message: text(health['error']),
  };
}

export interface SceneIndexFacts {
  readonly id: string;
  readonly streamId: string;
  readonly name: string;
  readonly kind: 'visual' | 'audio';
  readonly extractionType: string;
  readonly extractionConfig: Readonly<Record<string, string | number>>;
  readonly prompt: string;
  readonly modelName: string | null;
  readonly status: string;
}

export function readSceneIndex(value: unknown, streamId: string): SceneIndexFacts {
  const told = object(value);
  const extractionType = text(told['extraction_type']) ?? '';
  const config = Object.entries(object(told['extraction_config'])).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return {
    id: requiredText(firstText(told['rtstream_index_id'], told['index_id'], told['id']), 'rtstream_index_id'),
    streamId: text(told['rtstream_id']) ?? streamId,
    name: text(told['name']) ?? '',
    kind: told['kind'] === 'audio' || extractionType === 'transcript' ? 'audio' : 'visual',
    extractionType,
    // Counts come back as strings (spec §3).
    extractionConfig: Object.fromEntries(config.map(([key, one]) => [key, number(one) ?? one])),
    prompt: text(told['prompt']) ?? '',
    modelName: text(told['model_name']),
    status: text(told['status']) ?? '',
  };
}

export interface TimedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TranscriptLine {
  /** Null: the server names none. */
  readonly id: string | null;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** BCP 47 */
  readonly language: string | null;
  readonly words: readonly TimedWord[];
  readonly translations: Readonly<Record<string, string>>;
}

export function readLine(value: unknown): TranscriptLine {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return {
    id: firstText(told['id'], told['line']),
    text: text(told['text']) ?? '',
    startMs,
    endMs: Math.max(startMs, timeMs(told['end']) ?? startMs),
    language: text(told['language']),
    words: list(told['word_timestamps']).map(readWord),
    translations: translations(told['translations']),
  };
}

export function readWord(value: unknown): TimedWord {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return { text: firstText(told['text'], told['word']) ?? '', startMs, endMs: Math.max(startMs, timeMs(told['end']) ?? startMs) };
}

export interface Scene {
  readonly id: string | null;
  readonly text: string;
  /** The parsed answer, where the prompt asked for JSON. */
  readonly data: unknown;
  readonly metadata: Json;
  readonly startMs: number;
  readonly endMs: number;
}

export function readScene(value: unknown): Scene {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return {
    id: sceneId(told['id']),
    // `scene['text']` in the seed, `description` from the real server (spec §3).
    text: firstText(told['text'], told['description']) ?? '',
    data: told['data'] ?? null,
    metadata: object(told['metadata']),
    startMs,
    endMs: Math.max(startMs, timeMs(told['end']) ?? startMs),
  };
}

export interface EventFacts {
  readonly id: string;
  readonly label: string;
  readonly prompt: string;
}

export const readEvent = (value: unknown): EventFacts => {
  const told = object(value);
  return {
    id: requiredText(firstText(told['event_id'], told['id']), 'event_id'),
    label: text(told['label']) ?? '',
    prompt: firstText(told['event_prompt'], told['prompt']) ?? '',
  };
};

export interface AlertFacts {
  readonly id: string;
  readonly eventId: string;
  readonly label: string;
  readonly prompt: string;
  readonly callbackUrl: string;
  readonly enabled: boolean;
}

export const readAlert = (value: unknown): AlertFacts => {
  const told = object(value);
  return {
    id: requiredText(firstText(told['alert_id'], told['id']), 'alert_id'),
    eventId: text(told['event_id']) ?? '',
    label: text(told['label']) ?? '',
    prompt: text(told['prompt']) ?? '',
    callbackUrl: text(told['callback_url']) ?? '',
    enabled: told['status'] !== 'disabled',
  };
};

/** An alert that fired. */
export interface AlertHit {
  /** What receivers deduplicate by. */
  readonly id: string;
  readonly alertId: string | null;
  readonly indexId: string | null;
  readonly label: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  readonly confidence: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
}

export function readAlertHit(value: unknown): AlertHit {
  const told = object(value);
  const label = firstText(told['label'], told['event_label']) ?? '';
  const words = firstText(told['explanation'], told['text']) ?? '';
  const startMs = timeMs(firstText(told['start'], told['start_time'])) ?? 0;
  return {
    id: requiredText(firstText(told['event_id'], told['id']), 'event_id'),
    alertId: text(told['alert_id']),
    indexId: firstText(told['rtstream_index_id'], told['index_id']),
    label,
    text: words,
    severity: severityOf(label, firstText(told['event_prompt']) ?? words, told['severity']),
    confidence: number(told['confidence']),
    startMs,
    endMs: Math.max(startMs, timeMs(firstText(told['end'], told['end_time'])) ?? startMs),
    streamUrl: text(told['stream_url']),
    playerUrl: text(told['player_url']),
  };
}

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

export interface CaptureStream {
  readonly id: string;
  /** `mic`, `camera`, `screen`, `system_audio` */
  readonly channelId: string | null;
  readonly name: string;
  readonly status: string;
}

export interface CaptureSessionFacts {
  readonly id: string;
  readonly collectionId: string | null;
  readonly endUserId: string;
  readonly status: string;
  readonly metadata: Json;
  readonly createdMs: number | null;
  readonly streams: readonly CaptureStream[];
  readonly exportStatus: string | null;
  readonly exportedVideoId: string | null;
}

export function readCaptureSession(value: unknown, id?: string): CaptureSessionFacts {
  const told = object(value);
  return {
    id: requiredText(firstText(told['session_id'], told['id'], id), 'session_id'),
    collectionId: text(told['collection_id']),
    endUserId: text(told['end_user_id']) ?? '',
    status: text(told['status']) ?? '',
    metadata: object(told['metadata']),
    createdMs: timeMs(told['created_at']),
    streams: list(told['rtstreams']).map((one) => {
      const stream = object(one);
      return {
        id: requiredText(firstText(stream['rtstream_id'], stream['id']), 'rtstream_id'),
        channelId: text(stream['channel_id']),
        name: text(stream['name']) ?? '',
        status: text(stream['status']) ?? '',
      };
    }),
    exportStatus: text(told['export_status']),
    exportedVideoId: firstText(told['exported_video_id'], told['video_id']),
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
