import { AssistantError } from '../../shared/errors.ts';
import { FRAME_BYTES } from './frame-voice.ts';

/** Sound and ids as programs give them to an `RtvtClient`, checked. */

export type Bytes = Uint8Array | Int16Array | ArrayBuffer;

/** Sound of any length that is being cut into frames. */
export interface Variable {
  readonly rest: Uint8Array;
  filled: number;
  seq: number;
}

export const bytesOf = (data: Bytes): Uint8Array =>
  data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Throws `bad-option` unless it is one frame. */
export function frameOf(data: Bytes): Uint8Array {
  const bytes = bytesOf(data);
  if (bytes.length !== FRAME_BYTES)
    throw new AssistantError('bad-option', `a frame has ${FRAME_BYTES} bytes, not ${bytes.length}`, { field: 'data' });
  return bytes;
}

/** Throws `bad-option` unless it is a decimal number. */
export function idOf(streamId: string): bigint {
  if (!/^-?\d{1,20}$/.test(streamId))
    throw new AssistantError('bad-option', 'a stream id is a decimal number in a string', { field: 'streamId' });
  return BigInt(streamId);
}
