/** A stretch of an utterance that means a value of some kind. Places are offsets in the rewritten text. */
export interface Entity {
  readonly kind: EntityKind;
  readonly start: number;
  readonly end: number;
  /** date: `2026-11-21`; time: `19:30`; duration: minutes; number, percent: a number; money: an amount; others: the text itself. */
  readonly value: string | number;
  /** money: ISO 4217; number: the words after it; duration: what it was said in. */
  readonly unit: string | null;
  /** The preposition before it: from, to, until, for, at, with, by, in, … */
  readonly role: string | null;
}

export type EntityKind =
  | 'date'
  | 'time'
  | 'duration'
  | 'number'
  | 'percent'
  | 'money'
  | 'email'
  | 'url'
  | 'phone'
  | 'code'
  | 'quoted'
  | 'street'
  | 'place'
  | 'person'
  | 'language'
  | 'currency'
  | 'colour';

const ROLE =
  /\b(from|to|into|until|till|for|at|with|by|in|on|of|between|and|about|near|under|over|below|above|named|called|before|after|via|as)\s+(?:(?:the|a|an|my|our|about|around|exactly|only|at most|least)\s+)*$/i;

/** The preposition that stands before `start`. */
export function roleAt(text: string, start: number): string | null {
  return ROLE.exec(text.slice(0, start))?.[1]?.toLowerCase() ?? null;
}

export function overlaps(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): boolean {
  return a.start < b.end && b.start < a.end;
}
