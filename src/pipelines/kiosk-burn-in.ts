/** Where what stands on a screen for days is moved to, so that it does not burn in. */

/** px to either side; a stroke of large letters is narrower. */
const REACH_PX = 24;
/** Steps along both axes that have no common divisor, so that the path covers the whole square before it repeats. */
const ALONG = 17;
const ACROSS = 12;

/** Offset of move number `step` (0, 1, …), px. */
export const burnInShift = (step: number): { readonly x: number; readonly y: number } => ({
  x: Math.round(REACH_PX * Math.sin((2 * Math.PI * step) / ALONG)),
  y: Math.round(REACH_PX * Math.sin((2 * Math.PI * step) / ACROSS)),
});
