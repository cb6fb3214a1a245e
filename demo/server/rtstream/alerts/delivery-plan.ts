/** What is done after a try to deliver a webhook. Pure. */

export type Outcome =
  | { readonly type: 'answered'; readonly status: number; readonly retryAfterS: number | null }
  /** No answer: the words tell why. */
  | { readonly type: 'failed'; readonly message: string }
  /** May not be called from here, whatever the time. */
  | { readonly type: 'refused'; readonly message: string };

export type NextStep =
  | { readonly status: 'delivered' }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'pending'; readonly error: string; readonly inMs: number };

export const MOST_TRIES = 8;
const FIRST_MS = 5_000;
const LAST_MS = 3_600_000;
/** The wait is varied by this part of it either way, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Wait after try number `tries` (1 = the first): 5 s, four times as long each time, an hour at most. */
export const waitMs = (tries: number, random: number): number =>
  Math.round(Math.min(LAST_MS, FIRST_MS * 4 ** Math.min(tries - 1, 10)) * (1 - JITTER + 2 * JITTER * random));

/** `tries`: with this one. A redirect is an answer like any other: it is not followed. */
export function nextStep(outcome: Outcome, tries: number, random: number): NextStep {
  if (outcome.type === 'refused') return { status: 'failed', error: outcome.message };
  if (outcome.type === 'answered' && outcome.status >= 200 && outcome.status < 300) return { status: 'delivered' };
  const error = outcome.type === 'failed' ? outcome.message : wordsFor(outcome.status);
  if (outcome.type === 'answered' && isFinal(outcome.status)) return { status: 'failed', error };
  if (tries >= MOST_TRIES) return { status: 'failed', error: `${error} (${tries} tries)` };
  const asked = outcome.type === 'answered' && outcome.retryAfterS !== null ? outcome.retryAfterS * 1000 : 0;
  return { status: 'pending', error, inMs: Math.max(waitMs(tries, random), Math.min(asked, LAST_MS)) };
}

const wordsFor = (status: number): string =>
  status >= 300 && status < 400 ? `answered ${status}: redirects are not followed` : `answered ${status}`;

/** The receiver does not want it; 408 and 429 only say "not now". */
const isFinal = (status: number): boolean => status >= 300 && status < 500 && status !== 408 && status !== 429;

/** Seconds of a `Retry-After` header, which may be a date too; null = none that makes sense. */
export function retryAfterS(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - nowMs) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
