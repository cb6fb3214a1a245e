import type { TimedCaption } from './playback-captions.ts';

/** Words looked for in a transcript: without regard to case, accents or the width of signs. */

export const MOST_HITS = 500;

/** What is compared: small letters without their marks. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Folding 50 000 sentences takes a while; each is folded once. */
const known = new WeakMap<TimedCaption, string>();

function foldedOf(caption: TimedCaption): string {
  const before = known.get(caption);
  if (before !== undefined) return before;
  const sides = caption.original === null ? caption.translations : [caption.original, ...caption.translations];
  // A word is looked for in one language at a time.
  const all = sides.map(({ text }) => folded(text)).join('\n');
  known.set(caption, all);
  return all;
}

/** Indexes of captions in which every word of the query occurs, in either language; at most 500, the first. */
export function searchCaptions(captions: readonly TimedCaption[], query: string): readonly number[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const hits: number[] = [];
  for (const [index, caption] of captions.entries()) {
    const sides = foldedOf(caption).split('\n');
    if (sides.some((side) => words.every((word) => side.includes(word)))) hits.push(index);
    if (hits.length === MOST_HITS) break;
  }
  return hits;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text in pieces, every other one (from the second) a word that was looked for. */
export function marked(text: string, query: string): readonly string[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [text];
  // Folding changes lengths: each sign is folded alone, so that places in the folded text are known in the written one.
  const signs = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const places: number[] = [];
  let whole = '';
  for (const [index, sign] of signs.entries()) {
    const small = folded(sign);
    for (let step = 0; step < small.length; step++) places.push(index);
    whole += small;
  }
  const hit = new Array<boolean>(signs.length).fill(false);
  for (const word of words)
    for (let from = whole.indexOf(word); from >= 0; from = whole.indexOf(word, from + word.length))
      for (let step = from; step < from + word.length; step++) hit[places[step]!] = true;
  const pieces: string[] = [];
  let piece = '';
  for (const [index, sign] of signs.entries()) {
    if (hit[index]! !== (pieces.length % 2 === 1)) {
      pieces.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...pieces, piece];
}
