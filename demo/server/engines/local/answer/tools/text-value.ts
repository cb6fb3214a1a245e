import { likeness, readTerms, type Term } from '../../../../knowledge/terms.ts';
import { overlaps } from './entity.ts';
import type { Slot } from './slots.ts';
import type { Span } from './span.ts';
import type { Utterance } from './utterance.ts';

/** The value that a stretch of an utterance stands for: without what was taken, articles, politeness and the tool's own words. */

const DETERMINERS =
  /^(?:(?:a|an|the|some|any|my|our|your|this|that|these|those|me|us|new|another|of|to|for|that|please|like|also|just|more|and|is|are|be|it|them|him|her|have|there)\b[ ,]*)+/i;
const TRAILING =
  /[\s,]*\b(?:please|for me|now|right now|thanks|thank you|today please|to me|near me|nearby|close by|around here|and|of|to|for|the|a|with|in|on|at|by|from|as|that)$/i;
/** What leads to a value that another parameter took: ", my email is". */
const LABEL_LEFT =
  /[\s,]+(?:and )?(?:(?:my|the|his|her|their|your) )?(?:e-?mail|phone|number|name|address|date|time|subject|code)(?: address| number)?(?: is)?[:\s]*$/i;
export const EMPTY =
  /^(?:something|anything|it|that|this|one|them|some|things?|stuff|everything|me|us|here|there|what|kind|sort|how|much|many|is|are|do|you|i|we|ones?|up|off|down|out|back|away)$/i;

/** The words of a stretch as they were said, without taken values, determiners and trailing politeness. */
export function valueOf(utterance: Utterance, span: Span, used: readonly Span[], verbatim = false): string {
  const pieces = cutOut(
    span,
    used.filter((other) => overlaps(other, span)),
  );
  const longest = pieces
    .map((piece) => utterance.mapped.original(piece.start, piece.end))
    .map((piece) => (verbatim ? piece.replace(/^[,:;\s"“”]+|[,:;.!?\s"“”]+$/g, '').replace(/\s+please$/i, '') : trimmed(piece)))
    .sort((a, b) => b.length - a.length)[0];
  return longest ?? '';
}

function cutOut(span: Span, holes: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  for (const hole of [...holes].sort((a, b) => a.start - b.start)) {
    if (hole.start > start) pieces.push({ start, end: hole.start });
    start = Math.max(start, hole.end);
  }
  if (start < span.end) pieces.push({ start, end: span.end });
  return pieces;
}

function trimmed(text: string): string {
  let value = text
    .trim()
    .replace(/^[,:;.\s]+|[,:;.?!\s]+$/g, '')
    .replace(DETERMINERS, '');
  for (let before = ''; before !== value;) {
    before = value;
    value = value
      .replace(LABEL_LEFT, '')
      .replace(TRAILING, '')
      .replace(/[,:;.?!\s]+$/, '');
  }
  return value.replace(/^["“']|["”']$/g, '').trim();
}

/** Whole sentences keep their articles. */
export function isProse(slot: Slot): boolean {
  return /\b(?:content|description|body|message|text|note|comment|reason|issue|details|feedback|question)\b/.test(slot.label);
}

/** "note buy new shoes" for `take_note`: the tool's own word is no part of it. */
export function withoutOwn(value: string, own: readonly Term[]): string {
  const bare = value.replace(/^(?:that|to|for|about|me|of|as)\s+/i, '');
  const [first = '', ...rest] = bare.replace(/^(?:an?|the|my)\s+(?=\p{L}+\s)/iu, '').split(/\s+/);
  const [term] = readTerms(first);
  const isOwn = rest.length > 0 && term !== undefined && own.some((other) => other.stem === term.stem);
  return isOwn ? rest.join(' ').replace(/^(?:that|to|for|about|of|saying|is|:)\s+/i, '') : bare;
}

/** "when the blue kettle is available again" for a tool about availability: the thing itself is wanted. */
export function withoutPredicate(value: string, own: readonly Term[]): string {
  const words = value.replace(/^(?:when|if|whether|as soon as|once)\s+(?:(?:the|an?|my)\s+)?/i, '').split(/\s+/);
  const verb = words.findIndex((word, index) => index > 0 && /^(?:is|are|was|were|gets|becomes|comes)$/i.test(word));
  if (verb === -1) return words.join(' ');
  const after = readTerms(words.slice(verb + 1).join(' '));
  return after.every((term) => own.some((other) => likeness(term, other) >= 0.75))
    ? words.slice(0, verb).join(' ')
    : words.join(' ');
}

export function listOf(value: string): string[] {
  return value
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+/i)
    .map((item) => item.replace(DETERMINERS, '').trim())
    .filter((item) => item !== '');
}
