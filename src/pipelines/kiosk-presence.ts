/** Whether something that was noticed is a visitor: a hall is full of voices and passers-by. */

/** Visits without a word or a touch that are believed in a row. */
const BELIEVED = 2;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 900_000;

/** ms for which voices and movements wake nobody, after so many visits in a row that came to nothing; a touch always does. */
export const restMs = (empty: number): number =>
  empty <= BELIEVED ? 0 : Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(empty - BELIEVED - 1, 10));

/** Share of the picture that changed between two looks: less is noise of the camera, more is a lamp that was switched. */
const MOVED = 0.04;
const FLOODED = 0.9;
/** Brightness, 0–255, that a point must change by. */
const CHANGED = 24;

/** Two looks at the same scene in grey, 0–255 a point, of the same length. */
export function hasMoved(before: Uint8Array, now: Uint8Array): boolean {
  if (before.length !== now.length || now.length === 0) return false;
  let changed = 0;
  for (let index = 0; index < now.length; index++) if (Math.abs(now[index]! - before[index]!) >= CHANGED) changed += 1;
  const share = changed / now.length;
  return share >= MOVED && share <= FLOODED;
}
