import { splitSentences } from '../../knowledge/language.ts';

/** What of a passage is embedded: a model's idea of a long text is about nothing, so parts of a few sentences each have their own. Pure. */

const PART_CHARS = 240;
const MOST_PARTS = 6;
const MOST_CHARS = 4000;

/** At least one; the shown text first. */
export function partsOf(text: string, evidence: string): readonly string[] {
  const lines = [text, evidence.startsWith(text) ? evidence.slice(text.length) : evidence]
    .join('\n')
    .slice(0, MOST_CHARS)
    .split('\n')
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const parts: string[] = [];
  for (const sentence of lines.flatMap(splitSentences)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + sentence.length < PART_CHARS) parts[parts.length - 1] = `${last} ${sentence}`;
    else parts.push(sentence);
  }
  return parts.length === 0 ? [text.slice(0, PART_CHARS)] : parts.slice(0, MOST_PARTS);
}
