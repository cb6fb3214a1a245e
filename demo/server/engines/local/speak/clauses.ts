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
/** A first part longer than this is cut: each word costs its listener about 12 ms before the first sound. Words. */
const FIRST_MOST = 10;
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
  for (const sentence of sentences(text)) {
    let rest = sentence.split(' ');
    let most = parts.length === 0 ? FIRST_MOST : MOST;
    while (rest.length > most) {
      const length = cut(rest, most);
      if (length === 0) break;
      const head = rest.slice(0, length).join(' ');
      parts.push({ text: head, pauseMs: pauseAfter(head) });
      rest = rest.slice(length);
      most = MOST;
    }
    const tail = rest.join(' ');
    parts.push({ text: tail, pauseMs: pauseAfter(tail) });
  }
  return parts;
}

function pauseAfter(text: string): number {
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

/** How many words the head gets; 0 = it is not to be cut. */
function cut(words: readonly string[], most: number): number {
  // The tail must not be a torn-off word or two either.
  const last = words.length - LEAST;
  for (let length = Math.min(most + COMMA_BONUS, last); length >= LEAST; length--)
    if (/[,;:]$/.test(words[length - 1] ?? '')) return length;
  for (let length = Math.min(most, last); length > LEAST; length--)
    if (JOINTS.has((words[length] ?? '').toLowerCase())) return length;
  return 0;
}
