import { lettersOf, lineOfWords, type PlacedWord } from './line-of-words.ts';

/** Recognised lines that run across columns, parted: text in columns is read one column after the other, tables row by row. Pure. */

export interface PlacedLine {
  readonly words: readonly PlacedWord[];
  /** 0–100 */
  readonly confidence: number;
}

export interface WrittenLine extends PlacedLine {
  readonly text: string;
}

/** Of a line's height: words so far apart do not belong together. */
const GUTTER = 1.5;
/** Of the picture's width: cells that begin so near each other stand in one column. */
const ALIGNED = 0.03;
const LEAST_ROWS = 3;
/** Cells of fewer letters, in the middle, are a table's. */
const SENTENCE_LETTERS = 10;

/** `width`: of the picture, in the unit of the words' boxes. */
export function inColumns(lines: readonly PlacedLine[], width: number): readonly WrittenLine[] {
  const rows = lines.map((line) => ({ line, cells: cellsOf(line.words) }));
  const written: WrittenLine[] = [];
  for (let at = 0; at < rows.length;) {
    const block = [rows[at]].flatMap((row) => (row === undefined ? [] : [row]));
    const first = block[0];
    while (first !== undefined && first.cells.length > 1 && at + block.length < rows.length) {
      const next = rows[at + block.length];
      if (next === undefined || !areAligned(first.cells, next.cells, width)) break;
      block.push(next);
    }
    at += Math.max(1, block.length);
    const count = first?.cells.length ?? 0;
    const sizes = block.flatMap(({ cells }) => cells.map((cell) => lettersOf(lineOfWords(cell)))).sort((a, b) => a - b);
    const isText = count > 1 && block.length >= LEAST_ROWS && (sizes[Math.floor(sizes.length / 2)] ?? 0) >= SENTENCE_LETTERS;
    if (!isText)
      for (const { line, cells } of block) written.push({ ...line, text: cells.map(lineOfWords).filter(Boolean).join(' | ') });
    else
      for (let column = 0; column < count; column++)
        for (const { line, cells } of block) {
          const words = cells[column] ?? [];
          written.push({ words, confidence: line.confidence, text: lineOfWords(words) });
        }
  }
  return written;
}

function cellsOf(words: readonly PlacedWord[]): readonly (readonly PlacedWord[])[] {
  const height = Math.max(0, ...words.map(({ bbox }) => bbox.y1 - bbox.y0));
  const cells: PlacedWord[][] = [];
  for (const word of words) {
    const last = cells.at(-1)?.at(-1);
    if (last === undefined || word.bbox.x0 - last.bbox.x1 > GUTTER * height) cells.push([word]);
    else cells.at(-1)?.push(word);
  }
  return cells;
}

function areAligned(a: readonly (readonly PlacedWord[])[], b: readonly (readonly PlacedWord[])[], width: number): boolean {
  if (a.length !== b.length) return false;
  return a.every((cell, index) => Math.abs((cell[0]?.bbox.x0 ?? 0) - (b[index]?.[0]?.bbox.x0 ?? Infinity)) <= ALIGNED * width);
}
