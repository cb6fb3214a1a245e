/** Text as it is searched: one spelling for upper and lower case, accents, full width and ligatures. Pure. */

/** Accents, and the vowel points of Hebrew and Arabic. Vowel signs of Indic scripts and of Thai are letters. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i', ħ: 'h', ς: 'σ' },
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();

/** A piece of a word: letters of a script with spaces between words, of one without, or anything else (digits, signs). */
export interface Piece {
  readonly kind: 'letters' | 'unspaced' | 'other';
  readonly text: string;
}

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3099\u309a\u30fc`;
const PIECE = new RegExp(
  String.raw`(?<unspaced>[${UNSPACED}]+)|(?<letters>(?:(?![${UNSPACED}])[\p{L}\p{M}])+)|(?<other>[^\s\p{L}\p{M}]+)`,
  'gu',
);

/** Of folded text. */
export const piecesOf = (folded: string): readonly Piece[] =>
  [...folded.matchAll(PIECE)].map(({ 0: text, groups }) => ({
    kind: groups?.['unspaced'] !== undefined ? 'unspaced' : groups?.['letters'] !== undefined ? 'letters' : 'other',
    text,
  }));
