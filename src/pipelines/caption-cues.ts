/** Text broken into caption rows: at words, at most 42 columns wide. */

/** EBU and Netflix count 42 Latin characters, or 16 of those that fill a square. */
const COLUMNS = 42;
const SQUARE = COLUMNS / 16;
/** Characters that fill a square; rows may break between any two of them. */
const SQUARES = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uff60';
const square = new RegExp(`[${SQUARES}]`, 'u');
/** A word or one square, with brackets before it, marks and the space behind it. */
const piece = new RegExp(
  `[\\p{Ps}\\p{Pi}]*(?:[^\\s\\p{Ps}\\p{Pi}${SQUARES}]+|[${SQUARES}])[\\p{Pe}\\p{Pf}\\p{Po}]*\\s*|\\s+|.`,
  'gsu',
);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Columns that `text` takes. */
export function columns(text: string): number {
  let sum = 0;
  for (const { segment } of graphemes.segment(text)) sum += square.test(segment) ? SQUARE : 1;
  return sum;
}

/** What is wider than a row, at graphemes. */
function broken(wide: string): readonly string[] {
  if (columns(wide.trimEnd()) <= COLUMNS) return [wide];
  const rows: string[] = [];
  let row = '';
  for (const { segment } of graphemes.segment(wide)) {
    if (columns((row + segment).trimEnd()) > COLUMNS) {
      rows.push(row);
      row = '';
    }
    row += segment;
  }
  return [...rows, row];
}

/** `text` (one row, no control characters) as rows of at most 42 columns; all of its characters but the spaces at breaks. */
export function wrapped(text: string): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const next of (text.match(piece) ?? []).flatMap(broken)) {
    if (row !== '' && columns((row + next).trimEnd()) > COLUMNS) {
      rows.push(row.trim());
      row = '';
    }
    row += next;
  }
  return [...rows, row.trim()].filter((each) => each !== '');
}
