/** The keeper's secret gesture: five taps in a corner of the screen within three seconds. */

const TAPS = 5;
const WITHIN_MS = 3_000;
/** Size of the corner, px. */
const CORNER_PX = 96;

/** A touch at `x`, `y` (px from the top left of the window) belongs to the gesture. */
export const inCorner = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < CORNER_PX && y < CORNER_PX;

/** Times of the taps so far (ms), with one more; a tap elsewhere is null and starts over. */
export const tapped = (taps: readonly number[], at: number | null): readonly number[] =>
  at === null ? [] : [...taps, at].filter((tap) => at - tap <= WITHIN_MS).slice(-TAPS);

export const isGesture = (taps: readonly number[]): boolean => taps.length === TAPS;
