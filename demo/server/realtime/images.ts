import { RealtimeFault } from './errors.ts';

/** Pictures come as data URIs; only what really is a PNG or a JPEG goes on to an engine. */

/** Bytes of one decoded picture. */
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024;

const HEADER = /^data:image\/(png|jpeg|jpg);base64,/i;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

/** Throws a `RealtimeFault` that names `param`. */
export function decodeImage(dataUri: string, param: string): Uint8Array {
  const header = HEADER.exec(dataUri);
  if (header === null) {
    throw new RealtimeFault('invalid_value', 'An image must be a data URI of type image/png or image/jpeg in base64.', param);
  }
  // Base64 is 4 characters for 3 bytes: refuse before decoding.
  if ((dataUri.length - header[0].length) * 0.75 > MAX_IMAGE_BYTES + 3) {
    throw new RealtimeFault('image_too_large', `An image may have ${MAX_IMAGE_BYTES} bytes at most.`, param);
  }
  const bytes = new Uint8Array(Buffer.from(dataUri.slice(header[0].length), 'base64'));
  if (!startsWith(bytes, PNG) && !startsWith(bytes, JPEG)) {
    throw new RealtimeFault('invalid_value', 'The bytes are neither a PNG nor a JPEG.', param);
  }
  return bytes;
}
