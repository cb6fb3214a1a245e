import type { Entry } from '../session/state.ts';

/** What of an entry may be shown: an answer's words appear as they are heard. */
export const shownText = (entry: Entry): string =>
  entry.revealed < entry.text.length ? entry.text.slice(0, entry.revealed) : entry.text;

/** No more of this entry will come, neither as text nor as sound. */
export const isDone = (entry: Entry): boolean =>
  entry.status === 'failed' ||
  entry.status === 'interrupted' ||
  (entry.status === 'final' && entry.revealed >= entry.text.length);
