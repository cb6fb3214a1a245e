import { setTimeout as delay } from 'node:timers/promises';
import { EngineBusyError, EngineFailedError } from '../../engines/engine.ts';

/** What must not be lost waits as long as an engine is busy, and survives its restarts. */

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3000;
/** Failures in a row after which it is the work, not the engine, that is at fault. */
const MOST_FAILURES = 4;

type Pause = (ms: number, value: undefined, options: { readonly signal: AbortSignal }) => Promise<unknown>;

/** Resolves with the first success; rejects with the last failure, or the reason of `signal`. `pause`: tests wait for nothing. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal, pause: Pause = delay): Promise<T> {
  let failures = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (cause) {
      if (signal.aborted) throw cause;
      const isBusy = cause instanceof EngineBusyError;
      if (!isBusy && (!(cause instanceof EngineFailedError) || ++failures >= MOST_FAILURES)) throw cause;
      await pause(pauseMs, undefined, { signal });
    }
  }
}
