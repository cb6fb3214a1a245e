/** How many connections a minute one address may make, for listeners that no router stands before. */

const MINUTE_MS = 60_000;
/** Addresses that are remembered. */
const MOST_KEPT = 10_000;

export class AddressRate {
  readonly #perMinute: number;
  #counts = new Map<string, number>();
  #since = -Infinity;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Counts one more; false when there were too many within this minute. `now` in ms. */
  take(address: string, now: number): boolean {
    if (now - this.#since >= MINUTE_MS || this.#counts.size >= MOST_KEPT) {
      this.#counts = new Map();
      this.#since = now;
    }
    const count = (this.#counts.get(address) ?? 0) + 1;
    this.#counts.set(address, count);
    return count <= this.#perMinute;
  }
}
