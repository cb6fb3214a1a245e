import { mayReload, ofTheLastDay, reloadReason, timePassed } from '../../pipelines/kiosk-reload.ts';
import type { KioskStatus } from './status.ts';

/** Loads the page anew when there is reason to and nobody is there, and never into a browser's error page. */

/** In sessionStorage: what outlives a reload. It is the device's own, and no visitor's. */
const KEY = 'viva-kiosk-reloads';

interface Kept {
  readonly at: readonly number[];
  readonly reason: string;
}

export class Reloading {
  readonly #status: KioskStatus;
  #probing = false;
  #kept: Kept;

  constructor(status: KioskStatus) {
    this.#status = status;
    this.#kept = read();
    status.reloadedFor = this.#kept.reason === '' ? null : this.#kept.reason;
  }

  /** To be called now and then; `alone`: nobody is there. */
  look(recycleAt: number | null, alone: boolean): void {
    const now = Date.now();
    const { since, stalled, heapBytes, heapLimitBytes } = this.#status;
    const recycle = recycleAt !== null && timePassed(recycleAt, since, now);
    const reason = reloadReason({ uptimeMs: now - since, heapBytes, heapLimitBytes, stalled, recycle });
    this.#status.reloadWanted = reason;
    if (reason === null || !alone || this.#probing) return;
    if (reason === 'recycle' || mayReload(this.#kept.at, now)) void this.reload(reason);
  }

  /** Only after the server has answered: an error page of the browser stays for ever, and nothing of ours runs on it. */
  async reload(reason: string): Promise<boolean> {
    this.#probing = true;
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (answer.status !== 200) return false;
    } catch {
      // No network: the page that is there goes on.
      return false;
    } finally {
      this.#probing = false;
    }
    const at = [...ofTheLastDay(this.#kept.at, Date.now()), Date.now()];
    this.#kept = { at, reason };
    write(this.#kept);
    location.reload();
    return true;
  }
}

function read(): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Kept>;
    const at = Array.isArray(kept.at) ? kept.at.filter((each) => typeof each === 'number') : [];
    return { at, reason: typeof kept.reason === 'string' ? kept.reason : '' };
  } catch {
    // A browser without storage, or a value of somebody else's making: as if there had been none.
    return { at: [], reason: '' };
  }
}

function write(kept: Kept): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch (cause) {
    reportError(cause);
  }
}
