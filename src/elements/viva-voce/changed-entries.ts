import type { Entry } from '../../session/state.ts';

/** What is new in a transcript, told by identity: an entry that changed is another object. */
export function changedEntries(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const known = new Set(before);
  return now.filter((entry) => !known.has(entry));
}

/** Answers that were not cut before and are now. */
export function newlyCut(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const cut = new Set(before.filter((entry) => entry.status === 'interrupted').map((entry) => entry.id));
  return now.filter((entry) => entry.status === 'interrupted' && !cut.has(entry.id));
}
