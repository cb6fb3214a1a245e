import type { SpoolEntry } from './spool.ts';

/** The one clock of a capture: what the page's clock says, on the gateway's; and where each recorder's own begins on it. */

/** Pings that count: the shortest way there and back says the time best. */
const MOST_SAMPLES = 50;
/** By so much two clocks may drift apart while pings count. */
const DRIFT_MS = 5;

/** Gateway time minus the page's, from the ping with the shortest round trip, over however many connections. */
export class ClockOffset {
  #samples: { readonly offsetMs: number; readonly roundTripMs: number }[] = [];
  #known: number | null;

  /** What was known before a restart, until pings tell anew. */
  constructor(known: number | null = null) {
    this.#known = known;
  }

  /** `sentMs`, `receivedMs`: the gateway's clock; `peerMs`: the page's in between. */
  sample(sentMs: number, peerMs: number, receivedMs: number): void {
    const roundTripMs = receivedMs - sentMs;
    if (roundTripMs < 0) return;
    const offsetMs = sentMs + roundTripMs / 2 - peerMs;
    // Each is right to half its round trip. One that cannot be true beside the newest is of a clock that has been set since.
    this.#samples = this.#samples.filter(
      (other) => Math.abs(other.offsetMs - offsetMs) <= (other.roundTripMs + roundTripMs) / 2 + DRIFT_MS,
    );
    this.#samples.push({ offsetMs, roundTripMs });
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
    this.#known = this.#samples.reduce((best, sample) => (sample.roundTripMs < best.roundTripMs ? sample : best)).offsetMs;
  }

  /** Null before the first answer. */
  get offsetMs(): number | null {
    return this.#known;
  }
}

/** Media that counts for where an epoch's clock begins: long enough for a quiet moment, short enough to follow drifting devices. */
const WINDOW_MS = 30_000;

/** Page time at which the epoch's clock was 0, by the chunk that tells the earliest: pages learn it better with time. Null while there is no media. */
export function epochZeroMs(
  entries: readonly Pick<SpoolEntry, 'epoch' | 'init' | 'capturedMs' | 'toMs'>[],
  epoch: number,
): number | null {
  let newest: number | null = null;
  let zero = Infinity;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined || entry.epoch < epoch) break;
    if (entry.epoch > epoch || entry.init) continue;
    newest ??= entry.toMs;
    if (newest - entry.toMs > WINDOW_MS) break;
    zero = Math.min(zero, entry.capturedMs - entry.toMs);
  }
  return newest === null ? null : zero;
}
