import type { CaptionText } from './caption-lines.ts';

/** Text broken into caption rows, at words, at most 42 columns wide; and sentences into cues of two such rows. */

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

/** A sentence with its place in time, ms since whatever the caller counts from. */
export interface TimedTexts {
  readonly fromMs: number;
  readonly toMs: number;
  readonly texts: readonly CaptionText[];
}

/** One cue: at most two rows of each language. */
export interface Cue {
  readonly fromMs: number;
  readonly toMs: number;
  readonly blocks: readonly { readonly language: string; readonly rows: readonly string[] }[];
}

/** One row of text: an empty row inside a cue would end it, and control characters are no text. */
export const plain = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

/** A long sentence becomes several cues, each as long as its share of the text; both languages change together. */
export function cues({ fromMs, toMs, texts }: TimedTexts): readonly Cue[] {
  const blocks = texts.map(({ text, language }) => ({ language, rows: wrapped(plain(text)) }));
  const pieces = Math.max(...blocks.map(({ rows }) => Math.ceil(rows.length / 2)));
  const lead = blocks.find(({ rows }) => Math.ceil(rows.length / 2) === pieces)?.rows ?? [];
  const whole = lead.join('').length;
  const share = (rows: readonly string[], piece: number) =>
    rows.slice(Math.floor((piece * rows.length) / pieces), Math.floor(((piece + 1) * rows.length) / pieces));
  let said = 0;
  return Array.from({ length: pieces }, (_, piece) => {
    const start = fromMs + Math.round(((toMs - fromMs) * said) / whole);
    said += share(lead, piece).join('').length;
    const end = fromMs + Math.round(((toMs - fromMs) * said) / whole);
    return {
      fromMs: start,
      // A sentence shorter than its pieces are many would leave cues of no length, which players throw away.
      toMs: Math.max(start + 1, end),
      blocks: blocks.map(({ language, rows }) => ({ language, rows: share(rows, piece) })).filter(({ rows }) => rows.length > 0),
    };
  });
}
