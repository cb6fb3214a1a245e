import { AssistantError } from '../../shared/errors.ts';
import type { SentenceEvent } from '../../shared/interpretation.ts';

/** The envelopes of a room, written and read: `{type, data, timestamp, source}` as JSON text, each field checked. */

/** One result of an interpreter as it travels through a room. */
export interface RoomCaption {
  readonly event: SentenceEvent;
  /** ms since the epoch of the first sample of the event's stream. */
  readonly beganAt: number;
}

export type RoomEnvelope =
  | { readonly type: 'connection_established'; readonly connectionId: string | null }
  | ({ readonly type: 'caption' } & RoomCaption)
  | { readonly type: 'error'; readonly error: AssistantError }
  /** A task event or whatever else is broadcast in a room: not for captions. */
  | { readonly type: 'other'; readonly name: string };

/** Characters of one message; a sentence needs a hundredth of it. */
export const MOST_CHARACTERS = 65_536;
const MOST_TEXT = 4_000;
const MOST_NAME = 200;

/** A caption for the room, as its publisher sends it; the service adds time and source. */
export function writeCaption({ event, beganAt }: RoomCaption): string {
  const { stream, task, side, language, text, final, startMs, endMs } = event;
  const data = { stream, task, side, language, text, final, start_ms: startMs, end_ms: endMs, began_at: beganAt };
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
      return { type: name, ...caption(object(data, 'data')) };
    case 'error':
      return { type: name, error: complaint(object(data, 'data')) };
    default:
      return { type: 'other', name };
  }
}

function caption(data: Readonly<Record<string, unknown>>): RoomCaption {
  const side = data['side'];
  if (side !== 'original' && side !== 'translation') throw bad('side', 'is neither original nor translation');
  const startMs = time(data['start_ms'], 'start_ms');
  const event: SentenceEvent = {
    type: 'sentence',
    stream: text(data['stream'], 'stream', MOST_NAME),
    task: text(data['task'], 'task', MOST_NAME),
    side,
    language: text(data['language'], 'language', 35),
    text: text(data['text'], 'text', MOST_TEXT),
    final: data['final'] === true,
    startMs,
    endMs: data['end_ms'] == null ? null : Math.max(startMs, time(data['end_ms'], 'end_ms')),
  };
  return { event, beganAt: time(data['began_at'], 'began_at') };
}

function complaint(data: Readonly<Record<string, unknown>>): AssistantError {
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

function object(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(field, 'is not an object');
  return value as Readonly<Record<string, unknown>>;
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
