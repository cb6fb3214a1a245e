import { AssistantError } from '../../shared/errors.ts';
import { encodeBody, type Body, type Encoding } from './frame-body.ts';

/**
 * FPNN messages: an envelope of little-endian integers around a body (specs §1). Reading copies nothing: bodies are views of what came,
 * and whoever keeps a binary field longer than the message copies it.
 */

export interface QuestFrame {
  readonly type: 'quest';
  /** The envelope's version byte; an answer repeats it. */
  readonly version: number;
  readonly encoding: Encoding;
  /** Null = one-way, never answered. */
  readonly seq: number | null;
  readonly method: string;
  readonly body: Uint8Array;
}

export interface AnswerFrame {
  readonly type: 'answer';
  readonly version: number;
  readonly encoding: Encoding;
  /** Of the quest. */
  readonly seq: number;
  /** 0 = ok. */
  readonly status: number;
  readonly body: Uint8Array;
}

export type Frame = QuestFrame | AnswerFrame;

/** What goes into the envelope beside the body; as much of a quest as its answer repeats. */
export interface Envelope {
  /** Default 1. */
  readonly version?: number;
  /** Default msgpack. */
  readonly encoding?: Encoding;
}

/** What the C++ framework takes by default, bytes. */
export const MOST_BYTES = 8 * 1024 * 1024;
const HEADER_BYTES = 12;
const MSGPACK = 0x80;
const JSON_TEXT = 0x40;
const [ONE_WAY, TWO_WAY, ANSWER] = [0, 1, 2];

const ascii = new TextEncoder();
const utf8 = new TextDecoder();
const bad = (what: string, field: string): AssistantError => new AssistantError('bad-message', `FPNN: ${what}`, { field });

/**
 * The bytes that the message at the beginning of `bytes` takes; null = its header is not here yet. Throws `bad-message` (field `magic`,
 * `flag`, `mtype`, `ss` or `payloadSize`) as soon as it cannot be one.
 */
export function frameLength(bytes: Uint8Array, mostBytes = MOST_BYTES): number | null {
  // "FPNN"; what differs in its first byte need not be waited for.
  for (let index = 0; index < 4 && index < bytes.length; index++) {
    if (bytes[index] !== (index === 0 ? 0x46 : index === 1 ? 0x50 : 0x4e)) throw bad('not an FPNN message', 'magic');
  }
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const flag = view.getUint8(5);
  const mtype = view.getUint8(6);
  const ss = view.getUint8(7);
  const size = view.getUint32(8, true);
  if (flag !== MSGPACK && flag !== JSON_TEXT) throw bad(`flag ${flag}`, 'flag');
  if (mtype > ANSWER) throw bad(`mtype ${mtype}`, 'mtype');
  if (mtype !== ANSWER && ss === 0) throw bad('a quest without a method', 'ss');
  if (size > mostBytes) throw bad(`${size} bytes are too many`, 'payloadSize');
  return HEADER_BYTES + (mtype === ONE_WAY ? 0 : 4) + (mtype === ANSWER ? 0 : ss) + size;
}

/** Reads exactly one message, such as the payload of one WebSocket message. Throws `bad-message` naming the part at fault. */
export function readFrame(bytes: Uint8Array, mostBytes = MOST_BYTES): Frame {
  const length = frameLength(bytes, mostBytes);
  if (length === null || length !== bytes.length) throw bad(`${bytes.length} bytes of ${length ?? 'a header'}`, 'payloadSize');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint8(4);
  const encoding: Encoding = view.getUint8(5) === MSGPACK ? 'msgpack' : 'json';
  const mtype = view.getUint8(6);
  const ss = view.getUint8(7);
  const at = mtype === ONE_WAY ? HEADER_BYTES : HEADER_BYTES + 4;
  if (mtype === ANSWER) {
    return { type: 'answer', version, encoding, seq: view.getUint32(HEADER_BYTES, true), status: ss, body: bytes.subarray(at) };
  }
  const seq = mtype === ONE_WAY ? null : view.getUint32(HEADER_BYTES, true);
  const method = utf8.decode(bytes.subarray(at, at + ss));
  return { type: 'quest', version, encoding, seq, method, body: bytes.subarray(at + ss) };
}

/** A quest; `seq` null = one-way. The bytes are the caller's own. */
export function writeQuest(method: string, body: Body, seq: number | null, envelope: Envelope = {}): Uint8Array<ArrayBuffer> {
  const name = ascii.encode(method);
  if (name.length === 0 || name.length > 255) throw bad('a method has 1…255 bytes', 'ss');
  return write(seq === null ? ONE_WAY : TWO_WAY, name.length, seq, name, body, envelope);
}

/** The answer to quest `seq`; `envelope` is usually the quest itself. */
export const writeAnswer = (seq: number, body: Body = {}, envelope: Envelope = {}): Uint8Array<ArrayBuffer> =>
  write(ANSWER, 0, seq, null, body, envelope);

/** An error answer: `{code, ex}` with status 1. */
export const writeErrorAnswer = (seq: number, code: number, ex: string, envelope: Envelope = {}): Uint8Array<ArrayBuffer> =>
  write(ANSWER, 1, seq, null, { code, ex }, envelope);

function write(
  mtype: number,
  ss: number,
  seq: number | null,
  method: Uint8Array | null,
  body: Body,
  { version = 1, encoding = 'msgpack' }: Envelope,
): Uint8Array<ArrayBuffer> {
  const payload = encodeBody(body, encoding);
  const at = HEADER_BYTES + (seq === null ? 0 : 4);
  const bytes = new Uint8Array(at + (method?.length ?? 0) + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x46504e4e);
  view.setUint8(4, version);
  view.setUint8(5, encoding === 'json' ? JSON_TEXT : MSGPACK);
  view.setUint8(6, mtype);
  view.setUint8(7, ss);
  view.setUint32(8, payload.length, true);
  if (seq !== null) view.setUint32(HEADER_BYTES, seq, true);
  if (method) bytes.set(method, at);
  bytes.set(payload, at + (method?.length ?? 0));
  return bytes;
}
