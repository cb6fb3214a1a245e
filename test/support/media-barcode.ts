import sharp from 'sharp';

/** A picture that tells its own time: 24 bits of milliseconds and a check nibble as bars along its top edge. */

const BITS = 28;
/** Of the drawing, px; ffmpeg enlarges it. */
export const DRAWN = { width: 320, height: 180 };
const BAR_PX = 10;
/** 2^24 ms: the time wraps after 4.6 hours. */
const BARCODE_WRAP_MS = 0x1000000;

/** A grey planar 4:2:0 picture of `DRAWN`'s size that shows `timeMs` modulo the wrap, over a pattern that moves with it. */
export function drawBarcode(timeMs: number): Buffer {
  const { width, height } = DRAWN;
  const picture = Buffer.alloc((width * height * 3) / 2, 128);
  const time = Math.floor(timeMs) % BARCODE_WRAP_MS;
  for (let row = BAR_PX; row < height; row++)
    picture.fill((row * 2 + Math.floor(time / 40) * 3) & 0xff, row * width, (row + 1) * width);
  const value = time * 16 + nibbleSum(time);
  for (let row = 0; row < BAR_PX; row++) {
    for (let bit = 0; bit < BITS; bit++) {
      const on = Math.floor(value / 2 ** (BITS - 1 - bit)) % 2 === 1;
      picture.fill(on ? 235 : 16, row * width + bit * BAR_PX, row * width + (bit + 1) * BAR_PX);
    }
  }
  return picture;
}

/** The time that a picture (any format, any size) shows, ms modulo the wrap; null when its bars cannot be read. */
export async function readBarcode(image: Uint8Array): Promise<number | null> {
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true });
  const scale = info.width / DRAWN.width;
  const row = Math.floor((BAR_PX / 2) * scale) * info.width * info.channels;
  let value = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const column = Math.floor((bit + 0.5) * BAR_PX * scale);
    value = value * 2 + ((data[row + column * info.channels] ?? 0) > 126 ? 1 : 0);
  }
  const time = Math.floor(value / 16);
  return nibbleSum(time) === value % 16 ? time : null;
}

function nibbleSum(time: number): number {
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 4) sum ^= (time >> shift) & 15;
  return sum;
}
