import { createHash } from 'node:crypto';

/** Who holds a token, as a UUID: the users of an operator's own site have names of other kinds, too. Pure. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** In small letters; null = it is none. */
export function uuidOf(text: string): string | null {
  const small = text.toLowerCase();
  return UUID.test(small) ? small : null;
}

/** The same UUID for the same name, always; one that is a UUID already stays. */
export const subjectOf = (name: string): string => uuidOf(name) ?? derived(`user ${name}`);

/** RFC 9562 §5.8: what is in it is our own affair. */
function derived(text: string): string {
  const bytes = createHash('sha256').update(`viva-voce livestream ${text}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whoever holds the gateway's key and named nobody: may change what others made. */
export const OPERATOR = derived('operator');
