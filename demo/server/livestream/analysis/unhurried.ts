import { setImmediate as breathe } from 'node:timers/promises';

/** Long computation on the gateway's only thread, where people are being listened to meanwhile. */

const AT_ONCE_MS = 8;

/** Runs a generator to its end and gives way at its pauses. Rejects with the signal's reason. */
export async function unhurried<T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - since < AT_ONCE_MS) continue;
    await breathe();
    signal.throwIfAborted();
    since = performance.now();
  }
}
