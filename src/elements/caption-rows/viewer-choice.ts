import type { CaptionLine, CaptionText } from '../../pipelines/caption-lines.ts';

/** What one viewer wants to read of the captions: one block of rows for each wish. */

/** A side of the sentence, or a language (BCP 47) on whichever side it is. */
export type CaptionWish = string;

const MOST_WISHES = 4;

/** `original translation`, `es`, `en es` …, as written into an attribute; without a usable word both sides. */
export function wishesIn(words: string): readonly CaptionWish[] {
  const found = words.split(/[\s,]+/).filter((word) => /^[A-Za-z][A-Za-z0-9-]{1,34}$/.test(word));
  return found.length === 0 ? ['original', 'translation'] : [...new Set(found)].slice(0, MOST_WISHES);
}

const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** What of the line answers the wish; null when nothing does. */
export function textFor(line: CaptionLine, wish: CaptionWish): CaptionText | null {
  const { original, translation } = line;
  const text =
    wish === 'original'
      ? original
      : wish === 'translation'
        ? translation
        : ([original, translation].find((side) => side !== null && base(side.language) === base(wish)) ?? null);
  return text === null || text.text.trim() === '' ? null : text;
}

/** Languages that were seen on either side, in the order they came. */
export function languagesIn(lines: readonly CaptionLine[]): readonly string[] {
  const sides = lines.flatMap(({ original, translation }) => [original, translation]);
  return [...new Set(sides.flatMap((side) => (side === null || side.language === '' ? [] : [base(side.language)])))];
}
