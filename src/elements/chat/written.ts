import type { Entry } from '../../session/state.ts';
import { shownText } from '../shown-text.ts';

/** One list out of what was said before and what is being said now; what of it has anything to show. Pure. */

/** Oldest first; a line that is in both stands where the running conversation has it. */
export function together(
  earlier: readonly Entry[],
  now: readonly Entry[],
  forgotten: ReadonlySet<string> = new Set(),
): readonly Entry[] {
  const known = new Set(now.map(({ id }) => id));
  return [...earlier.filter(({ id }) => !known.has(id)), ...now].filter(({ id }) => !forgotten.has(id));
}

/** It has words, pictures, or the note that nothing was understood. */
export const isShown = (entry: Entry): boolean => shownText(entry) !== '' || entry.images.length > 0 || entry.status === 'failed';
