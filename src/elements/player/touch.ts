/** Touches on the picture: one shows or hides the controls, two in the same third go back or on. */

export type Tap = 'single' | 'back' | 'on' | 'middle';

const DOUBLE_MS = 320;

export class Taps {
  #last: { readonly atMs: number; readonly side: Tap } | null = null;

  /** `share`: 0–1 across the picture from its left; `atMs`: when. */
  tap(share: number, atMs: number): Tap {
    const side: Tap = share < 1 / 3 ? 'back' : share > 2 / 3 ? 'on' : 'middle';
    const double = this.#last !== null && this.#last.side === side && atMs - this.#last.atMs < DOUBLE_MS;
    // Each further tap of a row goes on as well.
    this.#last = { atMs, side };
    return double ? side : 'single';
  }
}
