/** Cuts a text into parts that are synthesised one after another: a short one first, so that the first sound is soon there. */

export interface Clause {
  readonly text: string;
  /** Silence after it, ms at speed 1. */
  readonly pauseMs: number;
}

const SENTENCE_PAUSE_MS = 320;
const CLAUSE_PAUSE_MS = 130;
const NO_PAUSE_MS = 30;

/** A part shorter than this sounds torn off. Words. */
const LEAST = 3;
/** A first sentence longer than this is cut: each word costs its listener about 12 ms before the first sound. Words. */
const FIRST_MOST = 8;
/** A comma is a better place than a joint, even a little later. Words. */
const COMMA_BONUS = 3;
/** Where no comma helps, before one of these. */
const JOINTS = new Set([
  'and',
  'or',
  'but',
  'because',
  'so',
  'which',
  'that',
  'who',
  'if',
  'when',
  'while',
  'where',
  'as',
  'unless',
  'for',
  'with',
  'within',
  'to',
  'from',
  'in',
  'on',
  'at',
  'by',
]);
/** Longest part that is synthesised in one go, words; what is longer is cut at a comma or a joint too. */
const MOST = 28;

export function clauses(text: string): readonly Clause[] {
  const parts: Clause[] = [];
  const add = (part: string): void => void parts.push({ text: part, pauseMs: pauseAfter(part) });
  for (const sentence of sentences(text)) {
    let rest = sentence.split(' ');
    for (let length = nextCut(rest, parts.length === 0); length > 0; length = nextCut(rest, false)) {
      add(rest.slice(0, length).join(' '));
      rest = rest.slice(length);
    }
    add(rest.join(' '));
  }
  return parts;
}

/** Silence that a reader makes after `text`, ms. */
export function pauseAfter(text: string): number {
  if (/[.!?]["')]?$/.test(text)) return SENTENCE_PAUSE_MS;
  return /[,;:]$/.test(text) ? CLAUSE_PAUSE_MS : NO_PAUSE_MS;
}

/** Sentences end with . ! or ? before a space; not after an initial, a title or inside `a.m.`. */
function sentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?]["')]?)(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|No|[A-Z]|a\.m|p\.m)\.)\s+(?=\S)/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** How many words the next part gets: at the first good place when it is the first part, else at the last; 0 = all of them. */
function nextCut(words: readonly string[], isFirst: boolean): number {
  const most = isFirst ? FIRST_MOST : MOST;
  if (words.length <= most) return 0;
  const places = (longest: number, isGood: (length: number) => boolean): readonly number[] =>
    // The tail must not be a torn-off word or two either.
    Array.from({ length: Math.max(0, Math.min(longest, words.length - LEAST) - LEAST + 1) }, (_, index) => LEAST + index).filter(
      isGood,
    );
  const commas = places(most + COMMA_BONUS, (length) => /[,;:]$/.test(words[length - 1] ?? ''));
  const joints = places(most, (length) => length > LEAST && JOINTS.has((words[length] ?? '').toLowerCase()));
  return (isFirst ? commas[0] : commas.at(-1)) ?? joints.at(-1) ?? 0;
}
