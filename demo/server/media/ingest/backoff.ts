const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** ms until the next try after `failures` in a row; `random` in [0, 1) spreads those who lost the same source at once. */
export function backoffMs(failures: number, random: number, longestMs = LONGEST_MS): number {
  const full = Math.min(longestMs, FIRST_MS * 2 ** Math.min(failures, 16));
  return Math.max(FIRST_MS, Math.round(full * (0.5 + random / 2)));
}
