import { readTerms, likeness, type Term } from '../../../../knowledge/terms.ts';
import type { Slot } from './slots.ts';
import type { Utterance } from './utterance.ts';

/** A value for a slot and the stretch of the utterance it was read from. */
export interface Filling {
  readonly slot: Slot;
  /** As the schema wants it, candidates in the order to be tried. */
  readonly values: readonly unknown[];
  /** Offsets in the rewritten text; what is consumed is not free text any more. */
  readonly spans: readonly Span[];
  /** 0–2: how sure it is. */
  readonly score: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function slotKey(slot: Slot): string {
  return slot.path.join('.');
}

/** Terms of a slot's name and description. */
export function slotTerms(slot: Slot): readonly Term[] {
  return readTerms(`${slot.label} . ${slot.description}`);
}

/** Whether a word belongs to the slot: "guests" to "party size, number of guests". */
export function isOfSlot(slot: Slot, word: string): boolean {
  const [term] = readTerms(word);
  return term !== undefined && slotTerms(slot).some((other) => likeness(term, other) >= 0.75);
}

/** The words that end where `start` begins, nearest first. */
export function wordsBefore(utterance: Utterance, start: number, count: number): string[] {
  return utterance.words
    .filter((word) => word.end <= start)
    .slice(-count)
    .reverse()
    .map((word) => word.text);
}
