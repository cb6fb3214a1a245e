import type { PictureArea } from '../../engine.ts';

/** Several readings of one picture as one: of lines that lie on each other the surer one, sorted as people read. */

export interface TextLine {
  readonly line: string;
  /** 0–1 */
  readonly confidence: number;
  readonly area: PictureArea;
}

/** So much of the smaller area lies in the other: the same line. */
const SAME = 0.4;
/** A reading of the whole page keeps words together that strips part; it must be surer to lose them. */
const SURER = 0.03;

export function mergedLines(readings: readonly (readonly TextLine[])[]): readonly TextLine[] {
  let kept: TextLine[] = [];
  for (const line of readings.flat()) {
    const rivals = kept.filter((other) => common(line.area, other.area) > SAME * Math.min(size(line.area), size(other.area)));
    if (rivals.length === 0) {
      kept.push(line);
      continue;
    }
    const best = Math.max(...rivals.map(({ confidence }) => confidence));
    const letters = rivals.reduce((sum, other) => sum + other.line.length, 0);
    // A strip that holds a piece of the line says less than the line.
    if (line.line.length < 0.7 * letters || line.confidence + (line.line.length > letters ? 0 : -SURER) <= best) continue;
    kept = [...kept.filter((other) => !rivals.includes(other)), line];
  }
  return inReadingOrder(kept);
}

/** From top to bottom; what stands on one height from left to right. */
export function inReadingOrder<T extends { readonly area: PictureArea }>(lines: readonly T[]): readonly T[] {
  return [...lines].sort((a, b) => {
    const overlap = Math.min(a.area.bottom, b.area.bottom) - Math.max(a.area.top, b.area.top);
    const isBeside = overlap > 0.5 * Math.min(a.area.bottom - a.area.top, b.area.bottom - b.area.top);
    return isBeside ? a.area.left - b.area.left : a.area.top - b.area.top;
  });
}

function common(a: PictureArea, b: PictureArea): number {
  return (
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))
  );
}

function size(area: PictureArea): number {
  return (area.right - area.left) * (area.bottom - area.top);
}
