import { setTimeout as delay } from 'node:timers/promises';

/** What must not be lost to an engine that is busy or being restarted is tried again, a few times, further and further apart. */

const PAUSES_MS = [250, 1000, 3000];

/** Resolves with the first success; rejects with the last failure, or at once when `signal` is aborted. */
export async function again<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (cause) {
      // A pair that does not exist will not exist in a second either.
      if (signal.aborted || cause instanceof RangeError) throw cause;
      await delay(pauseMs, undefined, { signal });
    }
  }
  return work();
}
