/** How long to wait before trying again. */

const FIRST_MS = 500;

/** The wait before try number `attempt` (0 = first retry), ms: 500 doubled each time, ±50 %, within 500…`lastMs`. `random`: 0 ≤ x < 1. */
export const waitMs = (attempt: number, random: number, lastMs = 30_000): number =>
  Math.round(Math.min(lastMs, Math.max(FIRST_MS, FIRST_MS * 2 ** Math.min(attempt, 10) * (0.5 + random))));
