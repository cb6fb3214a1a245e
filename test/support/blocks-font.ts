/**
 * A typeface whose every letter is the same block and whose space is empty: pictures of pages set in it are the same on every machine,
 * whatever is installed there. TrueType, with the many-to-one character map of format 13.
 */

const EM = 1000;
const ADVANCE = 500;
const ASCENT = 800;
const DESCENT = -200;
const EMPTY = 1;
const BLOCK = 2;

const words = (...values: readonly number[]): number[] => values.flatMap((value) => [(value >> 8) & 255, value & 255]);
const longs = (...values: readonly number[]): number[] => values.flatMap((value) => words(value >>> 16, value & 0xffff));
const padded = (bytes: readonly number[]): number[] => [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)];

/** The codes of ASCII letters. */
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** One contour: a box from (60, 0) to (440, 560). */
const block = padded([
  ...words(1, 60, 0, 440, 560),
  ...words(3, 0),
  ...[1, 1, 1, 1],
  ...words(60, 380, 0, -380),
  ...words(0, 0, 560, 0),
]);

/** First, last, glyph. */
const groups = [
  [0x20, 0x20, EMPTY],
  [0x21, 0x9f, BLOCK],
  [0xa0, 0xa0, EMPTY],
  [0xa1, 0x1fff, BLOCK],
  [0x2000, 0x200f, EMPTY],
  [0x2010, 0x10ffff, BLOCK],
] as const;

const map = [...words(13, 0), ...longs(16 + groups.length * 12, 0, groups.length), ...groups.flatMap((group) => longs(...group))];

const name = (() => {
  const text = 'Blocks';
  const bytes = words(...ascii(text));
  const ids = [1, 2, 4, 6];
  return [
    ...words(0, ids.length, 6 + 12 * ids.length),
    ...ids.flatMap((id) => words(3, 1, 0x409, id, bytes.length, 0)),
    ...bytes,
  ];
})();

const tables: Readonly<Record<string, readonly number[]>> = {
  'OS/2': [
    ...words(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
    ...Array<number>(10).fill(0),
    ...longs(1, 0, 0, 0),
    ...ascii('NONE'),
    ...words(0x40, 0x20, 0xffff, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
    ...longs(1, 0),
    ...words(500, 560, 0, 0x20, 1),
  ],
  cmap: [...words(0, 1, 3, 10), ...longs(12), ...map],
  glyf: block,
  head: [
    ...longs(0x10000, 0x10000, 0, 0x5f0f3cf5),
    ...words(3, EM),
    ...longs(0, 0, 0, 0),
    ...words(0, DESCENT, ADVANCE, ASCENT, 0, 8, 2, 0, 0),
  ],
  hhea: [...longs(0x10000), ...words(ASCENT, DESCENT, 0, ADVANCE, 0, 60, 440, 1, 0, 0, 0, 0, 0, 0, 0, 3)],
  hmtx: words(ADVANCE, 0, ADVANCE, 0, ADVANCE, 60),
  loca: words(0, 0, 0, block.length / 2),
  maxp: [...longs(0x10000), ...words(3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
  name,
  post: longs(0x30000, 0, 0, 0, 0, 0, 0, 0),
};

function checksum(bytes: readonly number[]): number {
  const all = padded(bytes);
  let sum = 0;
  for (let at = 0; at < all.length; at += 4) {
    sum =
      (sum + (all[at] ?? 0) * 0x1000000 + (((all[at + 1] ?? 0) << 16) | ((all[at + 2] ?? 0) << 8) | (all[at + 3] ?? 0))) >>> 0;
  }
  return sum;
}

/** The file, for `new FontFace(…)`. */
export function blocksFont(): ArrayBuffer {
  const names = Object.keys(tables).sort();
  let offset = 12 + 16 * names.length;
  const directory: number[] = [];
  const body: number[] = [];
  for (const tag of names) {
    const bytes = tables[tag] ?? [];
    directory.push(...ascii(tag), ...longs(checksum(bytes), offset, bytes.length));
    body.push(...padded(bytes));
    offset += padded(bytes).length;
  }
  const power = 2 ** Math.floor(Math.log2(names.length));
  const header = [...longs(0x10000), ...words(names.length, power * 16, Math.log2(power), names.length * 16 - power * 16)];
  return new Uint8Array([...header, ...directory, ...body]).buffer;
}
