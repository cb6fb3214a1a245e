/** What is done about an engine's fatal error: decided from what was tried before, in a function that knows no engine. */

export interface Tried {
  /** Page's clock, ms, of media errors that were answered, the newest last. */
  readonly mediaAtMs: readonly number[];
  /** Network failures in a row. */
  readonly network: number;
}

export const untried: Tried = { mediaAtMs: [], network: 0 };

export type Remedy =
  | { readonly type: 'recover-media'; readonly tried: Tried }
  /** Everything anew: a decoder that broke three times will break a fourth time. */
  | { readonly type: 'rebuild'; readonly tried: Tried }
  | { readonly type: 'wait'; readonly inMs: number; readonly tried: Tried }
  | { readonly type: 'give-up' };

/** hls.js's own advice: `recoverMediaError` at most once in so long, ms. */
const MEDIA_APART_MS = 5_000;
/** Errors older than this do not count any more, ms. */
const FORGIVEN_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 30_000;
/** Media errors within a minute after which nothing helps. */
const MOST_REBUILDS = 5;

/** `refused`: the browser has no decoder for it, which no retry will change. `random` 0 ≤ x < 1. */
export function remedy(kind: 'media' | 'network' | 'refused' | 'other', tried: Tried, nowMs: number, random: number): Remedy {
  if (kind === 'refused') return { type: 'give-up' };
  if (kind === 'network') {
    const wait = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tried.network, 10));
    return {
      type: 'wait',
      inMs: Math.round(Math.min(LAST_WAIT_MS, wait * (0.75 + random / 2))),
      tried: { ...tried, network: tried.network + 1 },
    };
  }
  const recent = tried.mediaAtMs.filter((at) => nowMs - at < FORGIVEN_MS);
  const after = { ...tried, mediaAtMs: [...recent, nowMs] };
  if (recent.length >= MOST_REBUILDS) return { type: 'give-up' };
  const last = recent.at(-1);
  const soon = last !== undefined && nowMs - last < MEDIA_APART_MS;
  if (kind === 'other' || soon || recent.length >= 2) return { type: 'rebuild', tried: after };
  return { type: 'recover-media', tried: after };
}
