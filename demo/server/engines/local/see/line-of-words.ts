/** Recognised words as a line of text: Chinese is written without the spaces that Tesseract puts between its characters. Pure. */

export interface PlacedWord {
  readonly text: string;
  readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
}

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const WIDE_END = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
const WIDE_START = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** Share of the line's height: what is nearer beside a Chinese character is no space. Figures stand in a frame of air of their own. */
const SPACE = 0.16;
const SPACE_OF_FIGURES = 0.4;
const FIGURE_END = /\d$/;
const FIGURE_START = /^\d/;

export function lineOfWords(words: readonly PlacedWord[]): string {
  const height = Math.max(0, ...words.map(({ bbox }) => bbox.y1 - bbox.y0));
  let line = '';
  let before: PlacedWord | null = null;
  for (const word of words) {
    const text = word.text.trim();
    if (text === '') continue;
    if (before !== null && isSpace(line, text, word.bbox.x0 - before.bbox.x1, height)) line += ' ';
    line += text;
    before = word;
  }
  return inItsWidth(line.normalize('NFC'));
}

function isSpace(line: string, next: string, gap: number, height: number): boolean {
  const [left, right] = [WIDE_END.test(line), WIDE_START.test(next)];
  if (left && right) return false;
  const besideFigure = (left && FIGURE_START.test(next)) || (right && FIGURE_END.test(line));
  return !(left || right) || gap > (besideFigure ? SPACE_OF_FIGURES : SPACE) * height;
}

const FULL_WIDTH: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

/** After Chinese characters marks are of full width, whichever was recognised. */
function inItsWidth(line: string): string {
  if (!WIDE.test(line)) return line;
  return line.replace(
    /(?<=\p{Script=Han}) ?([,;:?!]) ?(?=[\p{Script=Han}\d]|$)/gu,
    (_, mark: string) => FULL_WIDTH[mark] ?? mark,
  );
}

/** A Chinese character says as much as two letters. */
export const lettersOf = (text: string): number => {
  let count = 0;
  for (const character of text) if (/[\p{L}\p{N}]/u.test(character)) count += WIDE.test(character) ? 2 : 1;
  return count;
};
