/** How busy an engine is with what cannot be left out: the finals. Pure but for the times it is given. */

/** Waits older than this say nothing about now. ms */
const MEMORY_MS = 10_000;
/** Share of a new measurement in the running mean of the cost. */
const WEIGHT = 0.1;
/** Results that come this much late are late. ms */
const LATE_MS = 750;
/** How much of the time of all slots finals may need; the rest is for interims and for others. */
const SHARE = 0.5;
/** A final is heard once more than needed when a pause looked like the end. */
const SPARE = 1.25;

export class LaneLoad {
  readonly #slots: number;
  /** Work per ms of sound, mean; null = nothing measured. */
  #cost: number | null = null;
  #worstMs = 0;
  #worstAt = -Infinity;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** ms of work a ms of speech takes; null = not known yet. */
  get cost(): number | null {
    return this.#cost;
  }

  /** A final waited so long for its turn. */
  waited(ms: number, now: number): void {
    if (ms < this.#worstMs && now - this.#worstAt < MEMORY_MS) return;
    this.#worstMs = ms;
    this.#worstAt = now;
  }

  /** A final took so long, about so much sound. */
  worked(ms: number, soundMs: number | null): void {
    if (soundMs === null || soundMs < 500) return;
    const cost = ms / soundMs;
    this.#cost = this.#cost === null ? cost : this.#cost + WEIGHT * (cost - this.#cost);
  }

  /** Streams that can all speak at once without late finals; null = not known yet. */
  get capacity(): number | null {
    return this.#cost === null ? null : Math.max(1, Math.floor((this.#slots * SHARE) / (this.#cost * SPARE)));
  }

  /** ms that finals waited lately; 0 = none is late. */
  lateMs(now: number): number {
    return now - this.#worstAt < MEMORY_MS && this.#worstMs > LATE_MS ? Math.round(this.#worstMs) : 0;
  }
}
