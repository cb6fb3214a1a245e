import { atWord } from '../pipelines/heard-text.ts';
import type { Citation, HistoryEntry } from '../shared/wire.ts';
import type { Entry } from './state.ts';

/** The transcript as a list: every change makes a new one, order is the server's, never arrival. */

export type Transcript = readonly Entry[];

/** A day at a kiosk must not grow without end. */
const MOST_ENTRIES = 500;

const fresh = (id: string, role: Entry['role'], at: number): Entry => ({
  id,
  role,
  text: '',
  revealed: 0,
  status: 'interim',
  images: [],
  citations: [],
  at,
});

/** Changes the entry `id`; unknown ids change nothing. */
export function change(list: Transcript, id: string, by: (entry: Entry) => Entry): Transcript {
  const index = list.findIndex((entry) => entry.id === id);
  const entry = list[index];
  return entry === undefined ? list : list.with(index, by(entry));
}

export const find = (list: Transcript, id: string): Entry | undefined => list.find((entry) => entry.id === id);

export const remove = (list: Transcript, id: string): Transcript =>
  find(list, id) === undefined ? list : list.filter((entry) => entry.id !== id);

export const append = (list: Transcript, entry: Entry): Transcript => [...remove(list, entry.id), entry].slice(-MOST_ENTRIES);

/**
 * Gives `id` its place behind `after` (null = no word on where: it stays, or goes last). Steps with tools have no place of their own on
 * the server: they stay with what came before them.
 */
export function place(list: Transcript, id: string, role: Entry['role'], after: string | null, at: number): Transcript {
  const known = find(list, id);
  const rest = remove(list, id);
  let index = rest.findIndex((entry) => entry.id === after);
  if (index < 0) return known === undefined ? append(list, fresh(id, role, at)) : list;
  while (rest[index + 1]?.role === 'tool') index += 1;
  if (list[index + 1]?.id === id) return list;
  return rest.toSpliced(index + 1, 0, known ?? fresh(id, role, at)).slice(-MOST_ENTRIES);
}

/** A piece of text, or the whole of it; the entry is made where it is missing. */
export function caption(
  list: Transcript,
  piece: {
    readonly itemId: string;
    readonly role: 'user' | 'assistant';
    readonly text: string;
    readonly edit: 'append' | 'replace';
    readonly final: boolean;
  },
  at: number,
): Transcript {
  const known = find(list, piece.itemId) === undefined ? append(list, fresh(piece.itemId, piece.role, at)) : list;
  return change(known, piece.itemId, (entry) => {
    if (entry.status === 'interrupted') return entry;
    const text = piece.edit === 'append' ? entry.text + piece.text : piece.text;
    return {
      ...entry,
      text,
      revealed: piece.role === 'user' ? text.length : Math.min(entry.revealed, text.length),
      status: piece.final ? 'final' : entry.status,
    };
  });
}

/** Shows the first `chars` characters, never fewer than before. */
export const reveal = (list: Transcript, id: string, chars: number): Transcript => {
  const entry = find(list, id);
  if (entry === undefined || entry.revealed >= Math.min(chars, entry.text.length)) return list;
  return change(list, id, (known) => ({ ...known, revealed: Math.min(chars, known.text.length) }));
};

/** The listener stopped hearing it after `chars` characters: that is all that was said. */
export const cutAt = (list: Transcript, id: string, chars: number): Transcript =>
  change(list, id, (entry) => {
    const text = entry.text.slice(0, atWord(entry.text, chars));
    return { ...entry, text, revealed: text.length, status: 'interrupted' };
  });

export const cite = (list: Transcript, id: string, citation: Citation): Transcript =>
  change(list, id, (entry) =>
    entry.citations.some((known) => known.url === citation.url) ? entry : { ...entry, citations: [...entry.citations, citation] },
  );

/** The connection is gone: user speech that was not final will come again by itself; a half answer stays as far as it came. */
export const withoutInterim = (list: Transcript): Transcript =>
  withoutHalfSaid(list).map((entry) => (entry.status === 'interim' ? { ...entry, status: 'interrupted' as const } : entry));

/** Speech of the user that nobody has written down for good is taken back. */
export const withoutHalfSaid = (list: Transcript): Transcript =>
  list.filter((entry) => entry.role !== 'user' || entry.status !== 'interim');

/** What a new connection is told of before; `unsent` ids will be sent anew by themselves. */
export const history = (list: Transcript, unsent: ReadonlySet<string>): readonly HistoryEntry[] =>
  list.flatMap((entry) =>
    entry.role === 'tool' || entry.text === '' || entry.status === 'failed' || unsent.has(entry.id)
      ? []
      : [{ id: entry.id, role: entry.role, text: entry.text }],
  );

/** The last thing said is the user's: it still wants an answer. */
export const unanswered = (list: Transcript, unsent: ReadonlySet<string>): boolean => {
  const last = list.findLast((entry) => entry.role !== 'tool' && entry.role !== 'system' && entry.text !== '');
  return last?.role === 'user' && !unsent.has(last.id);
};

/** A line of the user's own making: typed text or a picture. */
export const typed = (id: string, text: string, images: readonly string[], at: number): Entry => ({
  ...fresh(id, 'user', at),
  text,
  images,
  revealed: text.length,
  status: 'final',
});
