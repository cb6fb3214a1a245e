import { captureChannels, type CaptureChannelId, type CaptureChunk, type CaptureEnd } from '../../shared/capture.ts';
import { AssistantError } from '../../shared/errors.ts';

/** Both directions of `/capture/upload`: JSON as text, and chunks of media behind a header of 40 bytes. */

const CAPTURE_VERSION = 1;
export const HEADER_BYTES = 40;
/** Of one chunk, header included. */
export const MOST_CHUNK_BYTES = 4 * 1024 * 1024;
/** Of one text message. */
const MOST_TEXT_BYTES = 8192;

export interface ChannelHello {
  readonly channel: CaptureChannelId;
  /** As MediaRecorder names it. */
  readonly mime: string;
  /** Of the device, for people; may be empty. */
  readonly label: string;
}

export type ClientMessage =
  | { readonly type: 'hello'; readonly channels: readonly ChannelHello[] }
  | { readonly type: 'pong'; readonly id: number; readonly nowMs: number }
  | { readonly type: 'dropped'; readonly channel: CaptureChannelId; readonly from: number; readonly to: number }
  | { readonly type: 'paused'; readonly paused: boolean; readonly atMs: number }
  | { readonly type: 'ended'; readonly channel: CaptureChannelId; readonly last: number; readonly reason: CaptureEnd }
  | { readonly type: 'stop'; readonly last: Readonly<Partial<Record<CaptureChannelId, number>>> };

export type CaptureFault =
  | 'bad_message'
  | 'bad_sequence'
  | 'session_over'
  | 'session_unknown'
  | 'taken_over'
  | 'too_fast'
  | 'disk_full'
  | 'authentication_failed'
  | 'too_many_connections'
  | 'unavailable';

export interface ChannelStored {
  readonly channel: CaptureChannelId;
  /** The last sequence that is on the disk, or told to be dropped; 0 = none. */
  readonly stored: number;
  readonly stream: string | null;
}

export type ServerMessage =
  | { readonly type: 'welcome'; readonly session: string; readonly channels: readonly ChannelStored[] }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'ack'; readonly channel: CaptureChannelId; readonly stored: number }
  | { readonly type: 'stopped'; readonly channels: readonly ChannelStored[] }
  /** Somebody else ended the session: record no more, send the rest, then say `stop`. */
  | { readonly type: 'halt' }
  | {
      readonly type: 'error';
      readonly code: CaptureFault;
      readonly message: string;
      readonly field: string | null;
      /** The socket is closed after it. */
      readonly fatal: boolean;
    };

/** A chunk with its place in its channel: 1, 2, 3 … over epochs and connections. */
export interface SequencedChunk extends CaptureChunk {
  readonly sequence: number;
}

const INIT = 1;
const KEY = 2;

export function writeChunk(chunk: SequencedChunk): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + chunk.bytes.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint8(0, CAPTURE_VERSION);
  view.setUint8(1, captureChannels.indexOf(chunk.channel));
  view.setUint8(2, (chunk.init ? INIT : 0) | (chunk.key ? KEY : 0));
  view.setUint32(4, chunk.sequence);
  view.setUint32(8, chunk.epoch);
  view.setFloat64(16, chunk.capturedMs);
  view.setFloat64(24, chunk.fromMs);
  view.setFloat64(32, chunk.toMs);
  frame.set(chunk.bytes, HEADER_BYTES);
  return frame;
}

/** Throws `bad-message` that names the field. Its `bytes` are a view of `frame`. */
export function readChunk(frame: Uint8Array): SequencedChunk {
  if (frame.byteLength <= HEADER_BYTES) throw bad('frame', `${frame.byteLength} bytes are no chunk`);
  if (frame.byteLength > MOST_CHUNK_BYTES) throw bad('frame', `at most ${MOST_CHUNK_BYTES} bytes`);
  const view = new DataView(frame.buffer, frame.byteOffset, HEADER_BYTES);
  if (view.getUint8(0) !== CAPTURE_VERSION) throw bad('version', `${CAPTURE_VERSION} is spoken here`);
  const channel = captureChannels[view.getUint8(1)];
  if (channel === undefined) throw bad('channel', 'there is no such channel');
  const flags = view.getUint8(2);
  const sequence = view.getUint32(4);
  if (sequence === 0) throw bad('sequence', 'they begin with 1');
  const time = (at: number, field: string): number => {
    const value = view.getFloat64(at);
    if (!Number.isFinite(value) || value < 0) throw bad(field, 'a time in ms is wanted');
    return value;
  };
  const [capturedMs, fromMs, toMs] = [time(16, 'capturedMs'), time(24, 'fromMs'), time(32, 'toMs')];
  if (toMs < fromMs) throw bad('toMs', 'it ends before it begins');
  const bytes = frame.subarray(HEADER_BYTES);
  const init = (flags & INIT) !== 0;
  return { channel, sequence, epoch: view.getUint32(8), init, key: (flags & KEY) !== 0, capturedMs, fromMs, toMs, bytes };
}

export const writeMessage = (message: ClientMessage | ServerMessage): string =>
  JSON.stringify(message.type === 'hello' ? { ...message, version: CAPTURE_VERSION } : message);

/** Throws `bad-message` that names the field. */
export function readClientMessage(text: string): ClientMessage {
  const { fields, type } = parsed(text);
  switch (type) {
    case 'hello': {
      if (fields['version'] !== CAPTURE_VERSION) throw bad('version', `${CAPTURE_VERSION} is spoken here`);
      const channels = list(fields, 'channels').map((entry) => ({
        channel: channelIn(entry, 'channel'),
        mime: words(entry, 'mime', 100),
        label: words(entry, 'label', 200),
      }));
      if (channels.length === 0) throw bad('channels', 'one at least is wanted');
      if (new Set(channels.map(({ channel }) => channel)).size < channels.length) throw bad('channels', 'each at most once');
      return { type, channels };
    }
    case 'pong':
      return { type, id: count(fields, 'id'), nowMs: number(fields, 'nowMs') };
    case 'dropped': {
      const [from, to] = [count(fields, 'from'), count(fields, 'to')];
      if (from === 0 || to < from) throw bad('to', 'sequences begin with 1 and count up');
      return { type, channel: channelIn(fields, 'channel'), from, to };
    }
    case 'paused':
      return { type, paused: fields['paused'] === true, atMs: number(fields, 'atMs') };
    case 'ended': {
      const reason = ends.find((end) => end === fields['reason']);
      if (reason === undefined) throw bad('reason', `one of ${ends.join(', ')}`);
      return { type, channel: channelIn(fields, 'channel'), last: count(fields, 'last'), reason };
    }
    case 'stop': {
      const told = object(fields['last'], 'last');
      const last: Partial<Record<CaptureChannelId, number>> = {};
      for (const channel of captureChannels) if (told[channel] !== undefined) last[channel] = count(told, channel);
      return { type, last };
    }
    default:
      throw bad('type', 'hello, pong, dropped, paused, ended or stop is wanted');
  }
}

/** Throws `bad-message` that names the field; null for a message of a kind that is not known here. */
export function readServerMessage(text: string): ServerMessage | null {
  const { fields, type } = parsed(text);
  switch (type) {
    case 'welcome':
      return { type, session: words(fields, 'session', 100), channels: storedIn(fields) };
    case 'stopped':
      return { type, channels: storedIn(fields) };
    case 'halt':
      return { type };
    case 'ping':
      return { type, id: count(fields, 'id') };
    case 'ack':
      return { type, channel: channelIn(fields, 'channel'), stored: count(fields, 'stored') };
    case 'error': {
      const field = fields['field'];
      return {
        type,
        code: words(fields, 'code', 50) as CaptureFault,
        message: words(fields, 'message', 1000),
        field: typeof field === 'string' ? field : null,
        fatal: fields['fatal'] === true,
      };
    }
    default:
      return null;
  }
}

const ends: readonly CaptureEnd[] = ['stopped', 'lost', 'unshared', 'failed'];

type Fields = Readonly<Record<string, unknown>>;

const bad = (field: string, message: string): AssistantError =>
  new AssistantError('bad-message', `${field}: ${message}`, { field });

function parsed(text: string): { readonly fields: Fields; readonly type: unknown } {
  if (text.length > MOST_TEXT_BYTES) throw bad('message', `at most ${MOST_TEXT_BYTES} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AssistantError('bad-message', 'message: this is not JSON', { cause, field: 'message' });
  }
  const fields = object(value, 'message');
  return { fields, type: fields['type'] };
}

function object(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(field, 'an object is wanted');
  return value as Fields;
}

function list(fields: Fields, field: string): readonly Fields[] {
  const value = fields[field];
  if (!Array.isArray(value) || value.length > captureChannels.length) throw bad(field, 'a list of channels is wanted');
  return value.map((entry: unknown) => object(entry, field));
}

function channelIn(fields: Fields, field: string): CaptureChannelId {
  const channel = captureChannels.find((id) => id === fields[field]);
  if (channel === undefined) throw bad(field, `one of ${captureChannels.join(', ')}`);
  return channel;
}

function words(fields: Fields, field: string, most: number): string {
  const value = fields[field];
  if (typeof value !== 'string') throw bad(field, 'a text is wanted');
  return value.slice(0, most);
}

function number(fields: Fields, field: string): number {
  const value = fields[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw bad(field, 'a number is wanted');
  return value;
}

function count(fields: Fields, field: string): number {
  const value = number(fields, field);
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw bad(field, 'a whole number is wanted');
  return value;
}

const storedIn = (fields: Fields): readonly ChannelStored[] =>
  list(fields, 'channels').map((entry) => ({
    channel: channelIn(entry, 'channel'),
    stored: count(entry, 'stored'),
    stream: typeof entry['stream'] === 'string' ? entry['stream'] : null,
  }));
