import type { PictureArea, ScreenElement } from '../../engine.ts';
import type { Box } from './boxes.ts';
import type { FlatArea, Pixels } from './flat-areas.ts';
import type { TextLine } from './text-lines.ts';

/** A screen as boxes of one colour and lines of text that lie in them: what its elements are found on, and those that were found. */

export interface Placed {
  readonly line: TextLine;
  /** Pixels */
  readonly box: Box;
}

const FRAMED = 0.72;

export class LaidOut {
  readonly pixels: Pixels;
  /** Pixels of this picture for one of a picture 1280 wide, for which all sizes are written. */
  readonly unit: number;
  readonly placed: readonly Placed[];
  readonly boxes: readonly FlatArea[];
  /** Lines that belong to an element. */
  readonly used = new Set<Placed>();
  readonly found: ScreenElement[] = [];
  readonly #inside = new Map<FlatArea, Placed[]>();

  constructor(pixels: Pixels, areas: readonly FlatArea[], lines: readonly TextLine[]) {
    const { width, height } = pixels;
    this.pixels = pixels;
    this.unit = width / 1280;
    this.placed = lines.map((line): Placed => ({ line, box: inPixels(line.area, width, height) }));
    this.boxes = boxesOf(areas, this.unit, width, height);
    for (const one of this.placed) {
      const box = this.boxes.filter((each) => holds(each, one.box)).sort((a, b) => areaOf(a) - areaOf(b))[0];
      if (box !== undefined) this.#inside.set(box, [...this.inside(box), one]);
    }
  }

  /** Lines whose smallest box it is. */
  inside(box: FlatArea): readonly Placed[] {
    return this.#inside.get(box) ?? [];
  }

  add(kind: ScreenElement['kind'], box: Box, of: readonly Placed[], label = of.map(({ line }) => line.line).join(' ')): void {
    const { width, height } = this.pixels;
    for (const one of of) this.used.add(one);
    this.found.push({
      kind,
      label: label.trim(),
      area: { left: box.left / width, top: box.top / height, right: box.right / width, bottom: box.bottom / height },
    });
  }

  /** Of a table: many this.boxes of one height. */
  isCell(box: Box): boolean {
    const alike = this.boxes.filter(
      (one) => Math.abs(one.bottom - one.top - (box.bottom - box.top)) < 4 * this.unit && one.right - one.left < 320 * this.unit,
    );
    const columns = new Set(alike.map(({ left }) => Math.round(left / 12)));
    const rows = new Set(alike.map(({ top }) => Math.round(top / 12)));
    return alike.length > 10 && columns.size > 2 && rows.size > 2;
  }

  isInSmallBox(one: Placed): boolean {
    return this.boxes.some(
      (box) => holds(box, one.box) && box.right - box.left < 320 * this.unit && box.bottom - box.top < 60 * this.unit,
    );
  }
}

/** Boxes with straight edges; of those that are almost the same the larger surface. */
function boxesOf(areas: readonly FlatArea[], unit: number, width: number, height: number): readonly FlatArea[] {
  const framed = areas.filter((area) => {
    const [wide, high] = [area.right - area.left, area.bottom - area.top];
    return area.score >= FRAMED && wide >= 10 * unit && high >= 10 * unit && areaOf(area) < 0.98 * width * height;
  });
  const kept: FlatArea[] = [];
  for (const area of [...framed].sort((a, b) => b.size - a.size))
    if (
      kept.every(
        (other) =>
          Math.abs(other.left - area.left) +
            Math.abs(other.right - area.right) +
            Math.abs(other.top - area.top) +
            Math.abs(other.bottom - area.bottom) >
          18 * unit,
      )
    )
      kept.push(area);
  return kept;
}

function holds(outer: Box, inner: Box): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return (
    x > outer.left &&
    x < outer.right &&
    y > outer.top &&
    y < outer.bottom &&
    inner.right - inner.left <= outer.right - outer.left + 6
  );
}

function inPixels(area: PictureArea, width: number, height: number): Box {
  return { left: area.left * width, top: area.top * height, right: area.right * width, bottom: area.bottom * height, score: 1 };
}

const areaOf = (box: Box): number => (box.right - box.left) * (box.bottom - box.top);
export const middleOf = (box: Box): number => (box.top + box.bottom) / 2;
