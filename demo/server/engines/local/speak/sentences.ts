import { pauseAfter, type Clause } from './clauses.ts';

/** A text of any language with spaces, cut into its sentences; what is very long, at its commas too. */

/** Characters that are said in one go: about five seconds, so that nobody waits long for the first sound. */
const MOST = 90;

export function sentenceClauses(text: string): readonly Clause[] {
  return text
    .split(/(?<=[.!?…]["'»”)]*)\s+(?=\S)/)
    .flatMap((sentence) => (sentence.length <= MOST ? [sentence] : atCommas(sentence)))
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((part) => ({ text: part, pauseMs: pauseAfter(part) }));
}

/** Joined again where they are short. */
function atCommas(sentence: string): readonly string[] {
  const parts: string[] = [];
  for (const piece of sentence.split(/(?<=[,;:])\s+/)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + piece.length < MOST) parts[parts.length - 1] = `${last} ${piece}`;
    else parts.push(piece);
  }
  return parts;
}
