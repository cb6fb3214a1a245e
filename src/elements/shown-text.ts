import type { Entry } from '../session/state.ts';

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** What of an entry may be shown: an answer's words appear, each as a whole, as they are heard. */
export function shownText({ text, revealed }: Entry): string {
  if (revealed >= text.length) return text;
  return text.slice(0, words.segment(text).containing(revealed)?.index ?? revealed);
}

/** No more of this entry will come, neither as text nor as sound. */
export const isDone = (entry: Entry): boolean =>
  entry.status === 'failed' ||
  entry.status === 'interrupted' ||
  (entry.status === 'final' && entry.revealed >= entry.text.length);
