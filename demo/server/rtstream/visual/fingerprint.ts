import sharp from 'sharp';

/** What a frame looks like in few bytes, so that frames that did not change are not read again, and cuts are seen. */

export interface Fingerprint {
  /** Brightness of each cell, row by row. */
  readonly cells: Uint8Array;
  /** Difference hash: one bit a pair of neighbours. */
  readonly hash: Uint8Array;
}

const COLUMNS = 96;
const ROWS = 54;
const HASH_SIDE = 16;
/** Compression moves a cell by less. */
const CELL_CHANGED = 12;
/** Share of cells: a blinking cursor is less, a typed word is more. */
const CHANGED = 0.0008;
/** Bits of 256: the same screen in another size differs in up to 17. */
const CUT_BITS = 40;
/** Share of cells. */
const CUT_CELLS = 0.3;

export async function fingerprint(jpeg: Uint8Array): Promise<Fingerprint> {
  const grey = sharp(jpeg, { limitInputPixels: 50_000_000 }).greyscale();
  const [cells, small] = await Promise.all([
    grey.clone().resize(COLUMNS, ROWS, { fit: 'fill' }).raw().toBuffer(),
    grey
      .clone()
      .resize(HASH_SIDE + 1, HASH_SIDE, { fit: 'fill' })
      .raw()
      .toBuffer(),
  ]);
  return { cells: new Uint8Array(cells), hash: differenceHash(small) };
}

export interface Difference {
  /** 0–1: cells that are not as before. */
  readonly share: number;
  /** It is worth looking again. */
  readonly changed: boolean;
  /** Another scene. */
  readonly cut: boolean;
}

export function difference(before: Fingerprint, now: Fingerprint): Difference {
  let changed = 0;
  for (let cell = 0; cell < now.cells.length; cell++)
    if (Math.abs((now.cells[cell] ?? 0) - (before.cells[cell] ?? 0)) > CELL_CHANGED) changed++;
  const share = changed / now.cells.length;
  const bits = now.hash.reduce((sum, byte, index) => sum + ones(byte ^ (before.hash[index] ?? 0)), 0);
  // A flat picture has no gradients: noise alone turns its bits.
  return { share, changed: share >= CHANGED, cut: share >= CUT_CELLS || (bits >= CUT_BITS && share >= CUT_CELLS / 6) };
}

/** `grey`: 17 × 16, row by row. */
function differenceHash(grey: Uint8Array): Uint8Array {
  const hash = new Uint8Array((HASH_SIDE * HASH_SIDE) / 8);
  for (let bit = 0; bit < HASH_SIDE * HASH_SIDE; bit++) {
    const at = Math.floor(bit / HASH_SIDE) * (HASH_SIDE + 1) + (bit % HASH_SIDE);
    if ((grey[at] ?? 0) > (grey[at + 1] ?? 0)) hash[bit >> 3] = (hash[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return hash;
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
