import type { Box } from './boxes.ts';

/** Areas of one colour in a picture, and what lies between them: strokes of letters and edges. */

export interface Pixels {
  /** RGB, row by row. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Edges in pixels, right and bottom exclusive; `score` = the share of its frame that is of its colour. */
export interface FlatArea extends Box {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Pixels */
  readonly size: number;
}

export interface FlatAreas {
  readonly areas: readonly FlatArea[];
  /** Of each pixel: the number of its area in `areas`, −1 = none. */
  readonly labels: Int32Array;
}

/** Compression moves a channel by less. */
const TOLERANCE = 11;
const EVEN = 5;
/** Smaller ones are strokes of letters. */
const LEAST_PIXELS = 90;
/** Pictures of nature fall apart into thousands. */
const MOST_AREAS = 1500;

export function flatAreas({ data, width, height }: Pixels): FlatAreas {
  const labels = new Int32Array(width * height).fill(-2);
  // Pixels of the area that is being filled, in the order they were found.
  const filled = new Int32Array(width * height);
  const areas: FlatArea[] = [];
  for (let seed = 0; seed < labels.length; seed++) {
    if (labels[seed] !== -2) continue;
    // An area that begins at a blurred edge takes its colour from there and falls apart.
    if (!isEven(seed)) continue;
    const label = areas.length;
    const [red, green, blue] = [data[3 * seed] ?? 0, data[3 * seed + 1] ?? 0, data[3 * seed + 2] ?? 0];
    let [left, right, top, bottom] = [width, 0, height, 0];
    let size = 0;
    filled[size++] = seed;
    labels[seed] = label;
    for (let next = 0; next < size; next++) {
      const at = filled[next] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let side = 0; side < 4; side++) {
        if ((side === 0 && x === 0) || (side === 1 && x === width - 1)) continue;
        const beside = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - width : at + width;
        if (labels[beside] !== -2) continue;
        const byte = 3 * beside;
        if (Math.abs((data[byte] ?? 0) - red) > TOLERANCE) continue;
        if (Math.abs((data[byte + 1] ?? 0) - green) > TOLERANCE) continue;
        if (Math.abs((data[byte + 2] ?? 0) - blue) > TOLERANCE) continue;
        labels[beside] = label;
        filled[size++] = beside;
      }
    }
    if (size < LEAST_PIXELS || label >= MOST_AREAS) for (let at = 0; at < size; at++) labels[filled[at] ?? 0] = -1;
    else {
      const area = { left, top, right: right + 1, bottom: bottom + 1, red, green, blue, size };
      areas.push({ ...area, score: framed(area, labels, label, width) });
    }
  }
  for (let at = 0; at < labels.length; at++) if (labels[at] === -2) labels[at] = -1;
  return { areas, labels };

  /** Like the pixels to its right and below it. */
  function isEven(at: number): boolean {
    if ((at % width) + 2 >= width || at + 2 * width >= labels.length) return false;
    return [1, 2, width, 2 * width, 2 * width + 2].every((step) =>
      [0, 1, 2].every((channel) => Math.abs((data[3 * at + channel] ?? 0) - (data[3 * (at + step) + channel] ?? 0)) <= EVEN),
    );
  }
}

/** An ellipse fills less of its bounding box: the hole of a letter, not a small box. */
export function isSquare({ left, top, right, bottom, size }: FlatArea): boolean {
  return size >= 0.82 * (right - left) * (bottom - top) || right - left > ROUND || bottom - top > ROUND;
}

const ROUND = 44;

/** How much of its bounding box's upper and lower edge and of the middle of its sides is its own: 1 for boxes, little for letters. */
function framed({ left, top, right, bottom }: Omit<FlatArea, 'score'>, labels: Int32Array, label: number, width: number): number {
  let [own, all] = [0, 0];
  const look = (x: number, y: number): void => {
    all++;
    if (labels[y * width + x] === label) own++;
  };
  const inset = bottom - top > 8 ? 1 : 0;
  // Corners are round.
  const round = Math.min((right - left) / 4, (bottom - top) / 2);
  for (let x = Math.ceil(left + round); x < right - round; x++) {
    look(x, top + inset);
    look(x, bottom - 1 - inset);
  }
  const [from, to] = [top + 0.35 * (bottom - top), top + 0.65 * (bottom - top)];
  for (let y = Math.floor(from); y < to; y++) {
    look(left + inset, y);
    look(right - 1 - inset, y);
  }
  return all === 0 ? 0 : own / all;
}
