import type { EventMatch } from '../scene.ts';

/** When an alert fires: once for each appearance of what its event speaks of, however long it stays. */

export interface Appearance {
  /** What the event speaks of is there. */
  readonly present: boolean;
  /** Scenes in a row that did not show it. */
  readonly missed: number;
}

/** Before the first scene. */
export const ABSENT: Appearance = { present: false, missed: 0 };

/** One scene that was misread does not end an appearance: so many in a row do. */
const GONE_AFTER = 2;

/** `now` goes in again with the next scene's match. */
export function appearance(before: Appearance, match: EventMatch): { readonly fires: boolean; readonly now: Appearance } {
  if (match.matched) return { fires: !before.present, now: { present: true, missed: 0 } };
  // Opened a while ago and still open: not new, and not gone either.
  if (match.present === true) return { fires: false, now: { present: before.present, missed: 0 } };
  const missed = before.missed + 1;
  return {
    fires: false,
    now: missed >= GONE_AFTER ? { present: false, missed: GONE_AFTER } : { present: before.present, missed },
  };
}
