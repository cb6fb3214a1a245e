import sharp from 'sharp';
import { refused, LivestreamError } from './livestream-error.ts';
import { IMAGE_WORDS, imageKind } from './image-kind.ts';
import type { ImageKind } from './image-kind.ts';

/** Cover pictures: looked into, never believed; an uploaded one is made anew, so that nothing foreign is kept. */

/** Bytes of one as it is handed in. */
export const IMAGE_BYTES = 5 * 1024 * 1024;
/** Longer side of one that is kept. */
const MOST_PIXELS_WIDE = 1280;
/** A few bytes can say that they are many more; those of good cameras are below. */
const MOST_PIXELS = 40_000_000;
const DECODE_SECONDS = 15;
/** Of a data URL that is kept as it was handed in; longer ones are made anew. Lists carry a hundred of them. */
const KEPT_LETTERS = 1024 * 1024;
/** Decoded at once; each may take 160 MB. */
const AT_ONCE = 2;

/** What libvips calls them. */
const FORMAT: Readonly<Record<ImageKind, string>> = { jpeg: 'jpeg', png: 'png', webp: 'webp', gif: 'gif', avif: 'heif' };

/** `data:image/jpeg;base64,…` of at most 1280 px. Throws `LivestreamError` 413 or 422 that names `field`. */
export async function coverImage(field: string, bytes: Buffer): Promise<string> {
  if (bytes.byteLength > IMAGE_BYTES) throw tooLarge(field);
  const kind = imageKind(bytes);
  if (kind === null) throw refused(field, `must be a ${IMAGE_WORDS} picture`, 'image_refused');
  return inTurn(async () => {
    try {
      const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true });
      const { format, width, height, compression } = await image.metadata();
      if (format !== FORMAT[kind] || (kind === 'avif' && compression !== 'av1')) throw new Error('It is of another kind.');
      if (width * height > MOST_PIXELS) throw new Error('It has too many pixels.');
      const jpeg = await image
        .timeout({ seconds: DECODE_SECONDS })
        .autoOrient()
        .resize({ width: MOST_PIXELS_WIDE, height: MOST_PIXELS_WIDE, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        .jpeg({ quality: 82 })
        .toBuffer();
      return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      const pixels = String(MOST_PIXELS / 1_000_000);
      const words = `must be a whole ${IMAGE_WORDS} picture of at most ${pixels} million pixels`;
      throw refused(field, words, 'image_refused');
    }
  });
}

/**
 * A picture in base64, with or without `data:image/…;base64,` before it. As it was handed in where that says what it is, else a data URL
 * that does. Throws as `coverImage`.
 */
export async function writtenImage(field: string, text: string): Promise<string> {
  const declared = /^data:([^,]{0,200}),/i.exec(text)?.[1] ?? null;
  if (declared !== null && !/;\s*base64\s*$/i.test(declared)) throw refused(field, 'must be base64', 'image_refused');
  const base64 = (declared === null ? text : text.slice(text.indexOf(',') + 1)).replace(/[\t\n\f\r ]+/g, '');
  if (base64.length > Math.ceil(IMAGE_BYTES / 3) * 4) throw tooLarge(field);
  const bytes = Buffer.from(base64, 'base64');
  // An expression over millions of letters would not fit on the stack.
  if (bytes.length === 0 || unpadded(bytes.toString('base64')) !== unpadded(base64))
    throw refused(field, 'must be base64', 'image_refused');
  const anew = await coverImage(field, bytes);
  if (text.length > KEPT_LETTERS) return anew;
  const kind = imageKind(bytes) ?? 'jpeg';
  return isPlain(declared ?? '', kind) ? text : `data:image/${kind};base64,${base64}`;
}

const unpadded = (base64: string): string => (base64.endsWith('==') ? base64.slice(0, -2) : base64.replace(/=$/, ''));

/** It says what it is, and nothing else: `image/jpeg;base64`. */
const isPlain = (declared: string, kind: ImageKind): boolean =>
  declared.toLowerCase() === `image/${kind};base64` || (kind === 'jpeg' && declared.toLowerCase() === 'image/jpg;base64');

const tooLarge = (field: string): LivestreamError =>
  new LivestreamError(413, 'image_too_large', `${field}: a picture has at most ${String(IMAGE_BYTES / 1024 / 1024)} MiB`, field);

let busy = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // Whoever waits takes over the place.
    if (next === undefined) busy -= 1;
    else next();
  }
}
