import type { Entry } from '../../session/state.ts';

/** A conversation as it is kept in a browser: its newest lines as JSON of limited size, and back, whatever stands there. Pure. */

/** UTF-16 units of the text that is kept; browsers grant a whole page about five million. */
const MOST_KEPT = 64_000;
/** What a new connection is told of before, characters; each costs the page's owner. */
const MOST_TOLD = 6_000;
const roles: readonly Entry['role'][] = ['user', 'assistant', 'system', 'tool'];

const isWhole = ({ text, status }: Entry): boolean => text !== '' && (status === 'final' || status === 'interrupted');

/** The newest lines that fit, without pictures: those that are not whole yet are left out. */
export function toKept(entries: readonly Entry[], most = MOST_KEPT): string {
  const lines: string[] = [];
  let length = 2;
  for (const { id, role, text, status, citations, at } of entries.filter(isWhole).toReversed()) {
    const line = JSON.stringify({ id, role, text, cut: status === 'interrupted', citations, at });
    length += line.length + 1;
    if (length > most) break;
    lines.unshift(line);
  }
  return `[${lines.join(',')}]`;
}

/** What was kept; lines that are none are left out, and a text that is no list of them is none at all. */
export function fromKept(kept: string | null): readonly Entry[] {
  if (kept === null || kept.length > MOST_KEPT) return [];
  let lines: unknown;
  try {
    lines = JSON.parse(kept);
  } catch {
    // Another script's value: as if nothing had been kept.
    return [];
  }
  return Array.isArray(lines) ? lines.flatMap(line) : [];
}

function line(value: unknown): readonly Entry[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, role: told, text, cut, citations, at } = value as Readonly<Record<string, unknown>>;
  const role = roles.find((each) => each === told);
  if (role === undefined || typeof id !== 'string' || typeof text !== 'string' || !Number.isFinite(at)) return [];
  const sources = Array.isArray(citations) ? citations.filter(isCitation).map(({ url, title }) => ({ url, title })) : [];
  const status = cut === true ? 'interrupted' : 'final';
  return [{ id, role, text, revealed: text.length, status, images: [], citations: sources, at: Number(at) }];
}

const isCitation = (value: unknown): value is Entry['citations'][number] =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { url?: unknown }).url === 'string' &&
  typeof (value as { title?: unknown }).title === 'string';

/** What an assistant is told of before, so that it can go on; null = nothing was said. */
export function asContext(entries: readonly Entry[], most = MOST_TOLD): string | null {
  const told: string[] = [];
  let length = 0;
  for (const { role, text } of entries.filter((entry) => isWhole(entry) && entry.role !== 'tool').toReversed()) {
    const words = `${role}: ${text}`;
    length += words.length + 1;
    if (length > most) break;
    told.unshift(words);
  }
  return told.length === 0 ? null : `What was said earlier, for reference; do not answer it again:\n${told.join('\n')}`;
}
