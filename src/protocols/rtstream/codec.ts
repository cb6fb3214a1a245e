import { AssistantError } from '../../shared/errors.ts';
import type { AlertSeverity, StreamStatus } from '../../shared/stream-feed.ts';
import { firstText, flag, isObject, list, number, object, text, timeMs, translations } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';
import { severityOf } from './codec-severity.ts';

/** Frames of a channel socket, read from every shape that is in use (spec §4) into one; all times are ms. */

/** What every frame may say of itself; null where the server does not tell. */
interface Numbered {
  /** Grows from frame to frame; what `since` takes. */
  readonly seq: number | null;
  /** The server's clock when it sent it, ms. */
  readonly serverNowMs: number | null;
  /** Told again after a reconnect. */
  readonly replayed: boolean;
}

/** The first frame. */
export interface Greeting extends Numbered {
  readonly type: 'greeting';
  readonly connectionId: string;
  /** The connection goes on, with what names it. */
  readonly resumed: boolean;
  /** False = some of what was missed is no longer kept; null = nothing was asked for. */
  readonly complete: boolean | null;
  /** How often it says that it is there, ms. */
  readonly heartbeatMs: number | null;
}

interface OfStream extends Numbered {
  readonly streamId: string | null;
  readonly streamName: string | null;
  /** Of the line, scene or alert; null = the server names none. */
  readonly id: string | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface TranscriptFrame extends OfStream {
  readonly type: 'transcript';
  readonly text: string;
  readonly final: boolean;
  /** BCP 47 */
  readonly language: string | null;
  /** BCP 47 → text */
  readonly translations: Readonly<Record<string, string>>;
}

export interface SceneFrame extends OfStream {
  readonly type: 'scene';
  readonly kind: 'visual' | 'audio';
  readonly indexId: string | null;
  readonly text: string;
  readonly metadata: Json;
}

export interface AlertFrame extends OfStream {
  readonly type: 'alert';
  readonly alertId: string | null;
  readonly eventId: string | null;
  readonly indexId: string | null;
  readonly label: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  /** 0–1 */
  readonly confidence: number | null;
  /** When it was noticed; what it is about is at `startMs`. */
  readonly detectedMs: number | null;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
}

export interface CaptureSessionFrame extends Numbered {
  readonly type: 'capture-session';
  readonly sessionId: string | null;
  /** `created`, `starting`, `active`, `stopping`, `stopped`, `exported`, `failed` */
  readonly status: string;
  readonly streams: readonly {
    readonly streamId: string;
    readonly name: string | null;
    readonly mediaTypes: readonly string[];
  }[];
  readonly exportedVideoId: string | null;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
  readonly error: string | null;
}

/** How the source of a stream does. */
export interface StreamStatusFrame extends Numbered {
  readonly type: 'stream-status';
  readonly streamId: string | null;
  readonly state: StreamStatus['state'];
  readonly message: string | null;
}

export type ChannelFrame =
  | Greeting
  | TranscriptFrame
  | SceneFrame
  | AlertFrame
  | CaptureSessionFrame
  | StreamStatusFrame
  /** It is there. */
  | (Numbered & { readonly type: 'heartbeat' })
  /** A channel that is not known here. */
  | (Numbered & { readonly type: 'other'; readonly channel: string; readonly frame: Json });

/** Python's library takes no more either. */
const MOST_CHARACTERS = 1_048_576;

const CHANNELS: Readonly<Record<string, 'transcript' | 'visual' | 'audio' | 'alert' | 'capture-session' | 'stream-status'>> = {
  transcript: 'transcript',
  scene_index: 'visual',
  visual_index: 'visual',
  visual: 'visual',
  scene: 'visual',
  audio_index: 'audio',
  spoken_index: 'audio',
  audio: 'audio',
  spoken: 'audio',
  alert: 'alert',
  capture_session: 'capture-session',
  rtstream: 'stream-status',
};

const STATES: readonly StreamStatus['state'][] = ['stopped', 'connecting', 'waiting', 'live', 'retrying', 'ended', 'failed'];

/** Throws `bad-message` for what is no JSON object; anything else is at least `other`. */
export function readFrame(message: unknown): ChannelFrame {
  const frame = parsed(message);
  const numbered: Numbered = {
    seq: number(frame['seq']),
    serverNowMs: timeMs(frame['server_now']),
    replayed: frame['replayed'] === true,
  };
  const channel = channelOf(frame);
  const connectionId = text(frame['connection_id']);
  if (channel === null && connectionId !== null && connectionId !== '') {
    return {
      ...numbered,
      type: 'greeting',
      connectionId,
      resumed: frame['resumed'] === true,
      complete: flag(object(frame['replay'])['complete']),
      heartbeatMs: number(frame['ping_interval_ms']),
    };
  }
  if (channel === null && frame['heartbeat'] === true) return { ...numbered, type: 'heartbeat' };
  // What stands in `data` in one shape stands beside it in another.
  const data = isObject(frame['data']) ? { ...frame, ...frame['data'] } : frame;
  switch (CHANNELS[channel ?? '']) {
    case 'transcript':
      return { ...ofStream(frame, data, numbered), type: 'transcript', ...transcriptOf(data) };
    case 'visual':
      return { ...ofStream(frame, data, numbered), type: 'scene', kind: 'visual', ...sceneOf(frame, data) };
    case 'audio':
      return { ...ofStream(frame, data, numbered), type: 'scene', kind: 'audio', ...sceneOf(frame, data) };
    case 'alert':
      return { ...ofStream(frame, data, numbered), type: 'alert', ...alertOf(data) };
    case 'capture-session':
      return { ...numbered, type: 'capture-session', ...captureOf(frame, data) };
    case undefined:
      break;
    case 'stream-status': {
      const state = STATES.find((known) => known === firstText(data['state'], frame['status']));
      if (state === undefined) break;
      const streamId = firstText(frame['rtstream_id'], frame['id']);
      return { ...numbered, type: 'stream-status', streamId, state, message: firstText(data['error'], data['message']) };
    }
  }
  return { ...numbered, type: 'other', channel: channel ?? '', frame };
}

/** `channel`, `type` or `event_type`; `{"type":"index","index_type":"visual"}` is the flat form of an index. */
function channelOf(frame: Json): string | null {
  for (const name of [frame['channel'], frame['type'], frame['event_type'], frame['event']]) {
    if (typeof name !== 'string') continue;
    if (name === 'index') return firstText(frame['index_type']) ?? name;
    const known = name.split('.')[0] ?? name;
    if (Object.hasOwn(CHANNELS, known)) return known;
  }
  return firstText(frame['channel'], frame['type'], frame['event_type']);
}

function ofStream(frame: Json, data: Json, numbered: Numbered): OfStream {
  const at = timeMs(data['timestamp']);
  const startMs = timeMs(data['start']) ?? timeMs(data['start_time']) ?? at;
  const endMs = timeMs(data['end']) ?? timeMs(data['end_time']);
  return {
    ...numbered,
    streamId: firstText(data['rtstream_id'], frame['rtstream_id'], frame['stream_id']),
    streamName: firstText(data['rtstream_name'], frame['rtstream_name']),
    id: text(object(frame['data'])['id']),
    startMs,
    endMs: endMs === null || startMs === null ? (endMs ?? startMs) : Math.max(startMs, endMs),
  };
}

const transcriptOf = (data: Json): Pick<TranscriptFrame, 'text' | 'final' | 'language' | 'translations'> => ({
  text: firstText(data['text'], data['transcript']) ?? '',
  final: flag(data['is_final']) ?? flag(data['final']) ?? flag(data['isFinal']) ?? true,
  language: firstText(data['language'], data['language_code']),
  translations: translations(data['translations']),
});

/** `sc-7` on the socket and `7` in pages are the same scene. */
export const sceneId = (id: unknown): string | null => text(id)?.replace(/^sc-/, '') ?? null;

const sceneOf = (frame: Json, data: Json): Pick<SceneFrame, 'id' | 'indexId' | 'text' | 'metadata'> => ({
  id: sceneId(object(frame['data'])['id']),
  indexId: firstText(data['index_id'], data['rtstream_index_id'], data['scene_index_id'], frame['id']),
  text: firstText(data['text'], data['description']) ?? '',
  metadata: object(data['metadata']),
});

type AlertFacts = Omit<AlertFrame, keyof OfStream | 'type'>;

function alertOf(data: Json): AlertFacts {
  const label = firstText(data['label'], data['event_label']) ?? '';
  const told = firstText(data['text'], data['explanation']) ?? '';
  return {
    alertId: text(data['alert_id']),
    eventId: text(data['event_id']),
    indexId: firstText(data['rtstream_index_id'], data['scene_index_id'], data['index_id']),
    label,
    text: told,
    severity: severityOf(label, firstText(data['event_prompt']) ?? told, data['severity']),
    confidence: number(data['confidence']),
    detectedMs: timeMs(data['detected_at']),
    streamUrl: text(data['stream_url']),
    playerUrl: text(data['player_url']),
  };
}

function captureOf(frame: Json, data: Json): Omit<CaptureSessionFrame, keyof Numbered | 'type'> {
  const event = firstText(frame['event'], frame['event_type'], frame['type']) ?? '';
  return {
    sessionId: firstText(frame['capture_session_id'], data['session_id'], frame['id']),
    status: firstText(frame['status'], data['status']) ?? event.replace(/^capture_session\./, ''),
    streams: list(data['rtstreams']).flatMap((one) => {
      const stream = object(one);
      const streamId = firstText(stream['rtstream_id'], stream['id']);
      const mediaTypes = list(stream['media_types']).filter((kind): kind is string => typeof kind === 'string');
      return streamId === null ? [] : [{ streamId, name: text(stream['name']), mediaTypes }];
    }),
    exportedVideoId: firstText(data['exported_video_id'], data['video_id']),
    streamUrl: text(data['stream_url']),
    playerUrl: text(data['player_url']),
    error: text(data['error']),
  };
}

function parsed(message: unknown): Json {
  if (typeof message !== 'string') throw bad('is not text');
  if (message.length > MOST_CHARACTERS) throw bad(`is longer than ${MOST_CHARACTERS} characters`);
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch (cause) {
    throw bad('is not JSON', cause);
  }
  if (!isObject(value)) throw bad('is not an object');
  return value;
}

const bad = (what: string, cause?: unknown): AssistantError =>
  new AssistantError('bad-message', `the frame ${what}`, { cause, field: 'frame' });
