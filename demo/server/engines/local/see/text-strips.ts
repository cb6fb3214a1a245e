import type { Box } from './boxes.ts';
import { isSquare, type FlatAreas } from './flat-areas.ts';

/** Where lines of text probably are: rows of small strokes between areas of one colour. */

/** Pixels of one cell; strokes are thinner than letters are apart. */
const CELL_WIDTH = 4;
const CELL_HEIGHT = 2;
/** Strokes so near are one line, in cells. */
const GAP = 3;
const LEAST_HEIGHT = 7;
const MOST_HEIGHT = 70;
const LEAST_WIDTH = 8;
/** Letters of headings are areas themselves, pixels. */
const GLYPH = 52;

/** What is framed like this is a box. */
const FRAMED = 0.8;
const LEAST_BOX = 16;
/** Width of a border with its blur, pixels. */
const EDGE = 3;

/** Edges in pixels; `score`: the share of cells with strokes. */
export function textStrips({ areas, labels }: FlatAreas, width: number, height: number): readonly Box[] {
  const isGlyph = areas.map(
    ({ left, top, right, bottom, score }) => right - left <= GLYPH && bottom - top <= GLYPH && score < 0.85,
  );
  const columns = Math.ceil(width / CELL_WIDTH);
  const rows = Math.ceil(height / CELL_HEIGHT);
  const busy = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const label = labels[y * width + x] ?? -1;
      const cell = Math.floor(y / CELL_HEIGHT) * columns + Math.floor(x / CELL_WIDTH);
      if (label < 0 || isGlyph[label] === true) busy[cell] = (busy[cell] ?? 0) + 1;
    }
  // The edge of a field is no letter, though it stands near some.
  for (const area of areas) {
    const { left, top, right, bottom, score } = area;
    if (score < FRAMED || !isSquare(area) || right - left < LEAST_BOX || bottom - top < LEAST_BOX) continue;
    for (const [x0, y0, x1, y1] of [
      [left, top, right, top],
      [left, bottom, right, bottom],
      [left, top, left, bottom],
      [right, top, right, bottom],
    ] as const)
      clear(x0 - EDGE, y0 - EDGE, x1 + EDGE, y1 + EDGE);
  }
  const smeared = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    let last = -1;
    for (let column = 0; column < columns; column++) {
      if ((busy[row * columns + column] ?? 0) < 2) continue;
      const from = last >= 0 && column - last <= GAP ? last : column;
      smeared.fill(1, row * columns + from, row * columns + column + 1);
      last = column;
    }
  }
  return components(smeared, columns, rows)
    .map(({ left, top, right, bottom, cells }) => ({
      left: left * CELL_WIDTH,
      top: top * CELL_HEIGHT,
      right: Math.min(width, right * CELL_WIDTH),
      bottom: Math.min(height, bottom * CELL_HEIGHT),
      score: cells / ((right - left) * (bottom - top)),
    }))
    .filter((strip) => {
      const [wide, high] = [strip.right - strip.left, strip.bottom - strip.top];
      // Frames of boxes are mostly empty, lines and rulers flat.
      return high >= LEAST_HEIGHT && high <= MOST_HEIGHT && wide >= LEAST_WIDTH && strip.score >= 0.35;
    });

  function clear(x0: number, y0: number, x1: number, y1: number): void {
    for (let row = Math.max(0, Math.floor(y0 / CELL_HEIGHT)); row <= Math.min(rows - 1, Math.floor(y1 / CELL_HEIGHT)); row++)
      busy.fill(
        0,
        row * columns + Math.max(0, Math.floor(x0 / CELL_WIDTH)),
        row * columns + Math.min(columns, Math.floor(x1 / CELL_WIDTH) + 1),
      );
  }
}

function components(cells: Uint8Array, columns: number, rows: number) {
  const seen = new Uint8Array(cells.length);
  const found: { left: number; top: number; right: number; bottom: number; cells: number }[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < cells.length; seed++) {
    if (cells[seed] !== 1 || seen[seed] === 1) continue;
    const box = { left: columns, top: rows, right: 0, bottom: 0, cells: 0 };
    stack.push(seed);
    seen[seed] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % columns;
      const y = (at - x) / columns;
      box.cells++;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
      for (const next of [x > 0 ? at - 1 : -1, x < columns - 1 ? at + 1 : -1, at - columns, at + columns])
        if (next >= 0 && next < cells.length && cells[next] === 1 && seen[next] === 0) {
          seen[next] = 1;
          stack.push(next);
        }
    }
    found.push(box);
  }
  return found;
}
