/** What kind of picture some bytes are, by what stands at their beginning and never by what somebody says. Pure. */

export type ImageKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

export const IMAGE_WORDS = 'JPEG, PNG, WebP, GIF or AVIF';

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
  Buffer.from(text, 'latin1').every((byte, index) => bytes[at + index] === byte);

/** Null: none that is taken here. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) return 'gif';
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'webp';
  return startsWith(bytes, 4, 'ftyp') && isAvif(bytes) ? 'avif' : null;
}

/** ISO 14496-12 §4.3: the brands follow the length of the box; `mif1` with `avif` among the compatible ones is one, too. */
function isAvif(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.byteLength < 4 ? 0 : view.getUint32(0), bytes.byteLength, 128);
  for (let at = 8; at + 4 <= end; at += 4) {
    if (startsWith(bytes, at, 'avif') || startsWith(bytes, at, 'avis')) return true;
  }
  return false;
}
