import sharp from 'sharp';
import type { Box } from './boxes.ts';

/** Pieces of a picture cut out, each dark on light and of one size, one under the other: so small words are read as well as pages. */

export interface Mosaic {
  readonly image: Buffer;
  readonly width: number;
  readonly height: number;
  /** Where each piece lies in it, pixels. */
  readonly rows: readonly { readonly top: number; readonly bottom: number; readonly width: number }[];
}

/** Letters are read best at this height; a strip is a line with its descenders. */
const LINE_HEIGHT = 44;
const MOST_SCALE = 4;
const MOST_WIDTH = 2400;
const MARGIN = 26;
/** Around a piece, pixels of the picture. */
const PAD = 4;
const PIECE_LIMIT = 60;

/** `picture`: one byte a pixel, grey. Edges in its pixels. At most 60 pieces. `larger`: than they are read best as a rule. */
export async function mosaicOf(
  picture: Buffer,
  size: { readonly width: number; readonly height: number },
  pieces: readonly Box[],
  larger = 1,
): Promise<Mosaic | null> {
  const cut = await Promise.all(
    pieces.slice(0, PIECE_LIMIT).map(async (piece) => {
      const left = Math.max(0, Math.floor(piece.left) - PAD);
      const top = Math.max(0, Math.floor(piece.top) - PAD);
      const width = Math.min(size.width, Math.ceil(piece.right) + PAD) - left;
      const height = Math.min(size.height, Math.ceil(piece.bottom) + PAD) - top;
      const scale = Math.max(0.5, Math.min(MOST_SCALE, (larger * LINE_HEIGHT) / (piece.bottom - piece.top), MOST_WIDTH / width));
      const grey = Buffer.concat(
        Array.from({ length: height }, (_, row) =>
          picture.subarray((top + row) * size.width + left, (top + row) * size.width + left + width),
        ),
      );
      const part = sharp(grey, { raw: { width, height, channels: 1 } }).resize({
        width: Math.max(1, Math.round(width * scale)),
        kernel: 'cubic',
      });
      const upright = isDark(grey) ? part.negate() : part;
      return upright
        .normalise({ lower: 2, upper: 98 })
        .toColourspace('b-w')
        .png({ compressionLevel: 0 })
        .toBuffer({ resolveWithObject: true });
    }),
  );
  if (cut.length === 0) return null;
  let at = MARGIN;
  const rows = cut.map(({ info }) => {
    const row = { top: at, bottom: at + info.height, width: info.width };
    at = row.bottom + MARGIN;
    return row;
  });
  const width = Math.max(...rows.map((row) => row.width)) + 2 * MARGIN;
  const image = await sharp({ create: { width, height: at, channels: 3, background: '#fff' } })
    .composite(cut.map(({ data }, index) => ({ input: data, left: MARGIN, top: rows[index]?.top ?? 0 })))
    .greyscale()
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { image, width, height: at, rows };
}

/** What most of it is: letters cover less than what they stand on. */
function isDark(grey: Buffer): boolean {
  const sorted = Uint8Array.from(grey).sort();
  const [low = 0, middle = 0, high = 0] = [
    sorted[Math.floor(sorted.length * 0.02)],
    sorted[sorted.length >> 1],
    sorted[Math.floor(sorted.length * 0.98)],
  ];
  return middle < (low + high) / 2;
}
