/** When live sound is too late to be of use: a wire that is slow has a limit, one that is stuck or catching up has none. Pure. */

/** Frames that may wait for a slow wire: 5 s. */
const MOST_WAITING = 250;
/** Without a move for so long the wire is not slow but stuck: what comes meanwhile is kept, as over a break. */
const STUCK_MS = 3_000;

export class Lag {
  #movedAt = -Infinity;
  /** The fewest frames that waited since the last break: what was kept over it does not count, unless it stays. */
  #fewest = 0;

  /** A new connection. */
  reset(): void {
    this.#movedAt = -Infinity;
  }

  /** The wire took something at `now`, ms; `waiting` frames are left. Behind a pause the count begins anew. */
  moved(now: number, waiting: number): void {
    this.#fewest = now - this.#movedAt >= STUCK_MS ? waiting : Math.min(this.#fewest, waiting);
    this.#movedAt = now;
  }

  /** Another frame would come too late. */
  tooMuch(now: number, waiting: number): boolean {
    return now - this.#movedAt < STUCK_MS && waiting >= this.#fewest + MOST_WAITING;
  }
}
