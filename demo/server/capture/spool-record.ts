import { readChunk, writeChunk } from '../../../src/protocols/capture/codec.ts';
import type { SequencedChunk } from '../../../src/protocols/capture/codec.ts';

/** One record of a spool: its length, its kind, then a chunk as it came by the wire, or what was told to be lost or to be the end. */

export type SpoolRecord =
  | { readonly kind: 'chunk'; readonly chunk: SequencedChunk }
  /** Everything up to `to` will never come. */
  | { readonly kind: 'dropped'; readonly to: number };

const HEAD_BYTES = 5;
const CHUNK = 0;
const DROPPED = 1;

export function writeRecord(record: SpoolRecord): Uint8Array {
  const body = record.kind === 'chunk' ? writeChunk(record.chunk) : uint32(record.to);
  const bytes = new Uint8Array(HEAD_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes[4] = record.kind === 'chunk' ? CHUNK : DROPPED;
  bytes.set(body, HEAD_BYTES);
  return bytes;
}

export interface ReadRecord {
  readonly record: SpoolRecord;
  /** Where the next one begins. */
  readonly next: number;
}

/** The record at `at`; null where the file ends, or was torn by a crash. */
export function readRecord(bytes: Uint8Array, at: number): ReadRecord | null {
  if (at + HEAD_BYTES > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const next = at + HEAD_BYTES + view.getUint32(0);
  const kind = view.getUint8(4);
  if (next > bytes.length || kind > DROPPED) return null;
  const body = bytes.subarray(at + HEAD_BYTES, next);
  if (kind === DROPPED) {
    return body.length === 4 ? { record: { kind: 'dropped', to: view.getUint32(HEAD_BYTES) }, next } : null;
  }
  try {
    return { record: { kind: 'chunk', chunk: readChunk(body) }, next };
  } catch {
    // A torn record looks like anything; what stands behind it came later and is sent again.
    return null;
  }
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
