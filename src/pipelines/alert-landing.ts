import type { Alert } from './alert-store.ts';

/** When an alert pops up: critical ones at once, others when the picture has come to what they tell of. */

/** So far ahead of the picture an alert waits for it, ms; what is further ahead belongs to another place of the timeline. */
const MOST_AHEAD_MS = 30_000;

/** Told so long after it was, it is no news any more, ms: what is replayed after a lost connection is in the list. */
const MOST_OLD_MS = 60_000;

/**
 * `pictureMs`: what is on the screen, null = nothing plays. `live`: at the live edge. Elsewhere than live, news of the world is told at
 * once; a recording's own alerts are told as the picture passes them (`AlertStore.between`), not as they come.
 */
export function landing(alert: Alert, pictureMs: number | null, live: boolean, recorded: boolean): 'now' | 'later' | 'never' {
  if (recorded || alert.arrivedMs - alert.endMs > MOST_OLD_MS) return 'never';
  if (alert.severity === 'critical' || pictureMs === null || !live) return 'now';
  const aheadMs = alert.startMs - pictureMs;
  return aheadMs > 0 && aheadMs <= MOST_AHEAD_MS ? 'later' : 'now';
}
