import { AssistantError } from '../../shared/errors.ts';

/** Base64 by table, straight between bytes and text: no string is built byte by byte, as `btoa` and `atob` would ask for. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = new Uint8Array(64);
/** 64 = no character of the alphabet. */
const VALUES = new Uint8Array(128).fill(64);
for (let index = 0; index < 64; index += 1) {
  CODES[index] = ALPHABET.charCodeAt(index);
  VALUES[ALPHABET.charCodeAt(index)] = index;
}
const PAD = 61;

const decoder = new TextDecoder('latin1');
let scratch = new Uint8Array(4096);

export function encodeBase64(bytes: Uint8Array): string {
  const length = bytes.length;
  const size = Math.ceil(length / 3) * 4;
  if (scratch.length < size) scratch = new Uint8Array(size);
  let to = 0;
  for (let from = 0; from < length; from += 3) {
    const word = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    scratch[to] = CODES[word >> 18] ?? 0;
    scratch[to + 1] = CODES[(word >> 12) & 63] ?? 0;
    scratch[to + 2] = from + 1 < length ? (CODES[(word >> 6) & 63] ?? 0) : PAD;
    scratch[to + 3] = from + 2 < length ? (CODES[word & 63] ?? 0) : PAD;
    to += 4;
  }
  return decoder.decode(scratch.subarray(0, size));
}

/** Padding may be absent. Throws `bad-message` on anything else that is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let length = text.length;
  while (length > 0 && length > text.length - 2 && text.charCodeAt(length - 1) === PAD) length -= 1;
  if (length % 4 === 1) throw new AssistantError('bad-message', 'base64 of an impossible length', { field: 'delta' });
  const bytes = new Uint8Array((length * 3) >> 2);
  let to = 0;
  let word = 0;
  let wrong = 0;
  for (let from = 0; from < length; from += 1) {
    const value = VALUES[text.charCodeAt(from)] ?? 64;
    wrong |= value & 64;
    word = (word << 6) | (value & 63);
    const phase = from & 3;
    if (phase !== 0) {
      bytes[to] = (word >> (6 - 2 * phase)) & 255;
      to += 1;
    }
  }
  if (wrong !== 0) throw new AssistantError('bad-message', 'a character that is not base64', { field: 'delta' });
  return bytes;
}
