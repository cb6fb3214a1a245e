import type { Entry } from '../../session/state.ts';

/** What of an entry the page is told. */
const facts = ({ text, status }: Entry): string => `${status} ${text}`;

/** Entries that are new, or whose words or status are; they come as copies from a worker, so identity says nothing. */
export function changedEntries(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const known = new Map(before.map((entry) => [entry.id, facts(entry)]));
  return now.filter((entry) => known.get(entry.id) !== facts(entry));
}

/** Answers that were not cut before and are now. */
export function newlyCut(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const cut = new Set(before.filter((entry) => entry.status === 'interrupted').map((entry) => entry.id));
  return now.filter((entry) => entry.status === 'interrupted' && !cut.has(entry.id));
}

/** Lines that are new or were not whole before, and now are: final, or cut with something heard of them. */
export function newlyWhole(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const whole = ({ status }: Entry): boolean => status === 'final' || status === 'interrupted';
  const known = new Set(before.filter(whole).map(({ id }) => id));
  return now.filter((entry) => whole(entry) && !known.has(entry.id) && (entry.text !== '' || entry.images.length > 0));
}
