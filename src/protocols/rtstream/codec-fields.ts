import { AssistantError } from '../../shared/errors.ts';

/** Fields of JSON that somebody else wrote, read one by one; times become ms here and nowhere else. */

export type Json = Readonly<Record<string, unknown>>;

/** Later than the year 5138 in seconds is ms: senders mix both (spec §4). */
const MS_FROM = 1e11;
/** What `Date` can hold, ms. */
const MOST_MS = 8.64e15;
const MOST_TEXT = 1_000_000;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Empty for what is no object. */
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** Empty for what is no list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Null for what is no text; numbers are text too where an id is meant. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value.slice(0, MOST_TEXT);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The first that is text. */
export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const found = text(value);
    if (found !== null) return found;
  }
  return null;
}

/** Null for what is no finite number; numbers arrive as strings as well (spec §3). */
export function number(value: unknown): number | null {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** Null for what is neither. */
export const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** ms from Unix seconds, ms, numbers in strings or ISO 8601; seconds of a recording become ms too. Null for what is no time. */
export function timeMs(value: unknown): number | null {
  const counted = number(value);
  const found = counted === null ? datedMs(value) : Math.round(counted >= MS_FROM ? counted : counted * 1000);
  return found !== null && found >= 0 && found <= MOST_MS ? found : null;
}

/** Without a zone it is UTC: that is how VideoDB writes `created_at` (spec §3). */
function datedMs(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const found = Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(found) ? null : found;
}

/** Unix seconds for the wire, from what a caller gave: a `Date`, or Unix ms (seconds are understood). Throws `bad-option` naming `field`. */
export function unixSeconds(value: Date | number, field: string): number {
  const found = value instanceof Date ? value.getTime() : timeMs(value);
  if (found === null || Number.isNaN(found)) throw new AssistantError('bad-option', `${field}: not a time`, { field });
  return found / 1000;
}

/** The id that must be there. Throws `bad-message`. */
export function requiredText(value: unknown, field: string): string {
  const found = text(value);
  if (found !== null && found !== '') return found;
  throw new AssistantError('bad-message', `the server's answer has no ${field}`, { field });
}

/** language → text, from an object or from `[{language, text}]`. */
export function translations(value: unknown): Readonly<Record<string, string>> {
  const pairs = Array.isArray(value)
    ? value.map((one): [string | null, string | null] => [text(object(one)['language']), text(object(one)['text'])])
    : Object.entries(object(value)).map(([language, told]): [string | null, string | null] => [language, text(told)]);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[0] !== null && pair[1] !== null));
}
