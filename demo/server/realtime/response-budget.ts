import { RealtimeFault } from './errors.ts';

/** How many responses a minute one session may ask for, and how `rate_limits.updated` tells it. */

const PER_MINUTE = 120;
const WINDOW_MS = 60_000;

export class ResponseBudget {
  /** When the responses of the last minute began, ms. */
  readonly #begun: number[] = [];

  /** Throws `rate_limit_exceeded`. `now`: ms. */
  spend(now: number): void {
    this.#forgetOld(now);
    if (this.#begun.length >= PER_MINUTE) {
      throw new RealtimeFault('rate_limit_exceeded', `${PER_MINUTE} responses a minute are the most.`, null, 'rate_limit_error');
    }
    this.#begun.push(now);
  }

  describe(now: number): readonly Record<string, unknown>[] {
    this.#forgetOld(now);
    const oldest = this.#begun[0] ?? now;
    const reset_seconds = this.#begun.length === 0 ? 0 : (oldest + WINDOW_MS - now) / 1000;
    return [{ name: 'requests', limit: PER_MINUTE, remaining: PER_MINUTE - this.#begun.length, reset_seconds }];
  }

  #forgetOld(now: number): void {
    while ((this.#begun[0] ?? Infinity) <= now - WINDOW_MS) this.#begun.shift();
  }
}
