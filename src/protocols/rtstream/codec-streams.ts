import type { StreamStatus } from '../../shared/stream-feed.ts';
import { firstText, list, number, object, requiredText, text, timeMs } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';

/** Collections, streams, indexes and capture sessions as the HTTP routes answer them, field by field. */

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
