import { lettersOf } from './line-of-words.ts';
import type { TextLine } from './text-lines.ts';

/** Lines that a reading of the whole page passed over, e.g. short ones between columns, put where they stand. Pure. */

/** What is read without a paragraph around it has to be surer, and a word. */
const SURE = 0.85;
const LEAST_LETTERS = 3;

export function withMissed(page: readonly TextLine[], scattered: readonly TextLine[]): readonly TextLine[] {
  const lines = [...page];
  for (const line of scattered) {
    if (line.confidence < SURE || lettersOf(line.line) < LEAST_LETTERS || page.some((read) => touch(read, line))) continue;
    const middle = (line.area.top + line.area.bottom) / 2;
    // Above what it stands over, which may be the second column; else where it is in the whole.
    const over = lines.findIndex((read) => read.area.top >= middle && areInLine(read, line));
    const below = lines.findIndex(({ area }) => area.top >= middle || (area.bottom > middle && area.left > line.area.right));
    lines.splice(over !== -1 ? over : below !== -1 ? below : lines.length, 0, line);
  }
  return lines;
}

const areInLine = ({ area: a }: TextLine, { area: b }: TextLine): boolean =>
  Math.min(a.right, b.right) > Math.max(a.left, b.left);

const touch = (a: TextLine, b: TextLine): boolean =>
  areInLine(a, b) && Math.min(a.area.bottom, b.area.bottom) > Math.max(a.area.top, b.area.top);
