/** The level of what is always there, in dB: follows down at once, up slowly, so that speech does not lift it. */

/** Where it begins before anything was heard, dBFS. */
const LOWEST_DB = -70;
const RISE_DB_PER_S = 4;
/** Share of the way down that one frame goes. */
const FALL = 0.3;

export class NoiseFloor {
  #db: number | null = null;

  /** dBFS */
  get db(): number {
    return this.#db ?? LOWEST_DB;
  }

  /** `level`: RMS of a frame of `seconds`. */
  hear(level: number, seconds: number): void {
    const db = Math.max(LOWEST_DB, decibels(level));
    if (this.#db === null) this.#db = db;
    else if (db < this.#db) this.#db += (db - this.#db) * FALL;
    else this.#db = Math.min(db, this.#db + RISE_DB_PER_S * seconds);
  }
}

export const decibels = (level: number): number => (level > 1e-6 ? 20 * Math.log10(level) : -120);
