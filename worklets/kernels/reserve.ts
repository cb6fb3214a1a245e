/** How much sound must be queued before it starts, learnt from how fast the server has sent so far. */

/** ms. Sound paced in real time with jitter of 0–120 ms in frames of 20 ms never runs dry with 140 (simulated, 500 utterances). */
const PACED = 140;
/** ms, when the server sends at least at 1.5 times real time, and at least at 4 times. */
const LEADING = 80;
const FAR_LEADING = 60;
/** ms added at most after sound ran dry. */
const MOST_EXTRA = 300;
/** ms of sound after an item's first chunk that its pace can be told from: jitter of 120 ms stays below 1.5. */
const TELLING = 600;

export class StartReserve {
  #pace = 1;
  #extra = 0;
  #item: unknown = null;
  #first = 0;
  #last = 0;
  #received = 0;

  /** A chunk of `ms` arrived; `now` in ms on any steady clock. */
  arrived(item: unknown, ms: number, now: number): void {
    if (item === this.#item) {
      this.#received += ms;
      this.#last = now;
      return;
    }
    if (this.#received >= TELLING) {
      this.#pace = this.#received / Math.max(1, this.#last - this.#first);
      this.#extra /= 2;
    }
    this.#item = item;
    this.#first = this.#last = now;
    this.#received = 0;
  }

  /** Sound ran dry for `missing` ms although it had this reserve. */
  ranDry(missing: number): void {
    this.#pace = 1;
    this.#received = 0;
    this.#first = this.#last;
    this.#extra = Math.min(MOST_EXTRA, this.#extra + missing);
  }

  /** In ms. */
  get wanted(): number {
    return this.#extra + (this.#pace >= 4 ? FAR_LEADING : this.#pace >= 1.5 ? LEADING : PACED);
  }
}
