import type { ErrorCode } from '../../shared/errors.ts';
import type { EarState, KeptError, KioskHealth, WakeLockState, WatchedPart } from '../../pipelines/kiosk-health.ts';
import { kept } from '../../pipelines/kiosk-health.ts';

/** What a kiosk knows of itself since its page was loaded; of fixed size, however long that is. */

const MOST_ERRORS = 50;
const MOST_SAMPLES = 120;
const LONGEST_MESSAGE = 200;
/** Codes that are counted; a page that makes up new ones fills no memory. */
const MOST_CODES = 100;

/** Chromium's, not in TypeScript's DOM. */
interface MemoryPerformance {
  readonly memory?: { readonly usedJSHeapSize: number; readonly jsHeapSizeLimit: number };
}

const memory = (): MemoryPerformance['memory'] => (performance as MemoryPerformance).memory;

export class KioskStatus {
  readonly since = Date.now();
  stage = 'attract';
  phase = 'idle';
  wakeLock: WakeLockState = 'waiting';
  ear: EarState = 'off';
  earError: ErrorCode | null = null;
  sound = 'none';
  framesPerSecond = 0;
  floorDb: number | null = null;
  lastEventAt = Date.now();
  visits = 0;
  reconnects = 0;
  longestStallMs = 0;
  stalled = false;
  reloadWanted: string | null = null;
  reloadedFor: string | null = null;
  readonly restarts: Record<WatchedPart, number> = { microphone: 0, sound: 0, session: 0, page: 0 };
  readonly #counts = new Map<string, number>();
  errors: readonly KeptError[] = [];
  /** Bytes, one a heartbeat, oldest first. */
  heap: readonly number[] = [];

  note(code: string, message: string): void {
    this.errors = kept(this.errors, { at: Date.now(), code, message: message.slice(0, LONGEST_MESSAGE) }, MOST_ERRORS);
    if (this.#counts.has(code) || this.#counts.size < MOST_CODES) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  get heapBytes(): number | null {
    return memory()?.usedJSHeapSize ?? null;
  }

  get heapLimitBytes(): number | null {
    return memory()?.jsHeapSizeLimit ?? null;
  }

  sample(): void {
    const { heapBytes } = this;
    if (heapBytes !== null) this.heap = kept(this.heap, heapBytes, MOST_SAMPLES);
  }

  health(fullScreen: boolean): KioskHealth {
    return {
      uptimeMs: Date.now() - this.since,
      stage: this.stage,
      phase: this.phase,
      wakeLock: this.wakeLock,
      fullScreen,
      microphone: this.ear,
      microphoneError: this.earError,
      sound: this.sound,
      framesPerSecond: this.framesPerSecond,
      lastEventAgeMs: Date.now() - this.lastEventAt,
      heapBytes: this.heapBytes,
      online: navigator.onLine,
      visits: this.visits,
      reconnects: this.reconnects,
      restarts: { ...this.restarts },
      errors: Object.fromEntries(this.#counts),
      longestStallMs: this.longestStallMs,
      reloadWanted: this.reloadWanted,
      reloadedFor: this.reloadedFor,
    };
  }
}
