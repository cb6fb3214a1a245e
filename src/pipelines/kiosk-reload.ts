/** When a kiosk loads its page anew: only for a reason, only when nobody is there, and less and less often while it does not help. */

export interface PageFacts {
  /** ms since the page was loaded. */
  readonly uptimeMs: number;
  readonly heapBytes: number | null;
  /** The most that the browser allows; null = not told. */
  readonly heapLimitBytes: number | null;
  /** The page stood still for too long since it was loaded. */
  readonly stalled: boolean;
  /** The time of day came at which the page is to be loaded anew. */
  readonly recycle: boolean;
}

export type ReloadReason = 'recycle' | 'stalled' | 'heap' | 'uptime';

const DAY_MS = 86_400_000;
const LONGEST_UP_MS = 7 * DAY_MS;
/** Of what the browser allows, and where it does not say. */
const FULL = 0.7;
const FULL_BYTES = 1_500_000_000;

export function reloadReason({ uptimeMs, heapBytes, heapLimitBytes, stalled, recycle }: PageFacts): ReloadReason | null {
  if (recycle) return 'recycle';
  if (stalled) return 'stalled';
  if (heapBytes !== null && heapBytes > (heapLimitBytes === null ? FULL_BYTES : heapLimitBytes * FULL)) return 'heap';
  return uptimeMs > LONGEST_UP_MS ? 'uptime' : null;
}

const FIRST_GAP_MS = 600_000;
const LONGEST_GAP_MS = 6 * 3_600_000;

/**
 * `reloads`: times of those of the last day, ms since the epoch, oldest first. The gap after the last one doubles from ten minutes to six
 * hours; a day without one starts over.
 */
export function mayReload(reloads: readonly number[], now: number): boolean {
  const recent = ofTheLastDay(reloads, now);
  const last = recent.at(-1);
  return last === undefined || now - last >= Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** (recent.length - 1));
}

export const ofTheLastDay = (reloads: readonly number[], now: number): readonly number[] =>
  reloads.filter((at) => at <= now && now - at < DAY_MS);

/** A time of day (minutes after midnight, local) lies after `from` and not after `now`, both ms since the epoch. */
export function timePassed(minutes: number, from: number, now: number): boolean {
  const at = new Date(now);
  at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  // Before that time of today, the one that may have passed is yesterday's.
  if (at.getTime() > now) at.setDate(at.getDate() - 1);
  return at.getTime() > from;
}
