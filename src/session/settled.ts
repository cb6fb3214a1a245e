import type { Entry } from './state.ts';

/** The transcript of a conversation that is over: an answer ends where its sound did, half a sentence of the user counts as it stands. */
export const settled = (list: readonly Entry[]): readonly Entry[] =>
  list.flatMap((entry) => {
    const { role, status, text, revealed } = entry;
    const cut = role === 'assistant' && revealed < text.length;
    if (!cut && status !== 'interim') return [entry];
    const heard = cut ? text.slice(0, Math.max(0, text.lastIndexOf(' ', revealed))) : text;
    return heard === ''
      ? []
      : [{ ...entry, text: heard, revealed: heard.length, status: role === 'user' ? 'final' : 'interrupted' }];
  });
