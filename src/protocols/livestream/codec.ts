import { AssistantError } from '../../shared/errors.ts';

/** The envelopes of a room, written and read: `{type, data, timestamp, source}` as JSON text, each field checked. */

/** One side of a caption. */
export interface RoomText {
  readonly text: string;
  /** BCP 47 */
  readonly language: string;
  readonly final: boolean;
}

/** One line of captions as it travels through a room; each message has the whole line as it stands. */
export interface RoomCaption {
  readonly id: string;
  readonly stream: string;
  /** ms since the first sample of `stream` */
  readonly startMs: number;
  /** Null while it is open. */
  readonly endMs: number | null;
  /** ms since the epoch */
  readonly at: number;
  readonly original: RoomText | null;
  readonly translation: RoomText | null;
}

export type RoomEnvelope =
  | { readonly type: 'connection_established'; readonly connectionId: string | null }
  | { readonly type: 'caption'; readonly line: RoomCaption }
  | { readonly type: 'error'; readonly error: AssistantError }
  /** A task event or whatever else is broadcast in a room: not for captions. */
  | { readonly type: 'other'; readonly name: string };

/** Characters of one message; a sentence needs a hundredth of it. */
export const MOST_CHARACTERS = 65_536;
const MOST_TEXT = 4_000;
const MOST_NAME = 200;
const MOST_LANGUAGE = 35;

type Json = Readonly<Record<string, unknown>>;

/** A caption for the room, as its publisher sends it; the service adds time and source. */
export function writeCaption({ id, stream, startMs, endMs, at, original, translation }: RoomCaption): string {
  const data = { id, stream, start_ms: startMs, end_ms: endMs, at, original, translation };
  return JSON.stringify({ type: 'caption', data });
}

/** Throws `bad-message` that names the field at fault. */
export function readEnvelope(message: unknown): RoomEnvelope {
  if (typeof message !== 'string') throw bad('message', 'is not text');
  if (message.length > MOST_CHARACTERS) throw bad('message', `is longer than ${MOST_CHARACTERS} characters`);
  const { type, data } = object(parsed(message), 'message');
  const name = text(type, 'type', MOST_NAME);
  switch (name) {
    case 'connection_established':
      return { type: name, connectionId: idIn(data) };
    case 'caption':
      return { type: name, line: caption(object(data, 'data')) };
    case 'error':
      return { type: name, error: complaint(object(data, 'data')) };
    default:
      return { type: 'other', name };
  }
}

function caption(data: Json): RoomCaption {
  const startMs = time(data['start_ms'], 'start_ms');
  return {
    id: text(data['id'], 'id', MOST_NAME),
    stream: text(data['stream'], 'stream', MOST_NAME),
    startMs,
    endMs: data['end_ms'] == null ? null : Math.max(startMs, time(data['end_ms'], 'end_ms')),
    at: time(data['at'], 'at'),
    original: side(data['original'], 'original'),
    translation: side(data['translation'], 'translation'),
  };
}

function side(value: unknown, field: string): RoomText | null {
  if (value == null) return null;
  const told = object(value, field);
  return {
    text: text(told['text'], `${field}.text`, MOST_TEXT),
    language: text(told['language'], `${field}.language`, MOST_LANGUAGE),
    final: told['final'] === true,
  };
}

function complaint(data: Json): AssistantError {
  const code = text(data['error_code'], 'error_code', MOST_NAME);
  const message = typeof data['message'] === 'string' ? data['message'].slice(0, MOST_NAME) : '';
  return new AssistantError(
    code === 'AUTHENTICATION_FAILED' ? 'token-refused' : 'server-error',
    `the room says ${code}: ${message}`,
  );
}

const idIn = (data: unknown): string | null => {
  const id = typeof data === 'object' && data !== null && 'connection_id' in data ? data.connection_id : null;
  return typeof id === 'string' ? id.slice(0, MOST_NAME) : null;
};

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch (cause) {
    throw new AssistantError('bad-message', 'the message is not JSON', { cause, field: 'message' });
  }
}

const bad = (field: string, what: string): AssistantError =>
  new AssistantError('bad-message', `room: ${field} ${what}`, { field });

function object(value: unknown, field: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(field, 'is not an object');
  return value as Json;
}

function text(value: unknown, field: string, most: number): string {
  if (typeof value !== 'string') throw bad(field, 'is not text');
  if (value.length > most) throw bad(field, `is longer than ${most} characters`);
  return value;
}

/** ms; what `Date` can hold. */
function time(value: unknown, field: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 8.64e15)) throw bad(field, 'is not a time in ms');
  return value;
}
