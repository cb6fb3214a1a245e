/** The report that a kiosk gives of itself at every heartbeat: numbers and codes, never what was said. */

export type WakeLockState = 'held' | 'refused' | 'unsupported' | 'waiting';
export type EarState = 'off' | 'asking' | 'open' | 'refused';

export interface KioskHealth {
  readonly uptimeMs: number;
  readonly stage: string;
  readonly phase: string;
  readonly wakeLock: WakeLockState;
  readonly fullScreen: boolean;
  readonly microphone: EarState;
  /** Code of why the microphone is not open, else null. */
  readonly microphoneError: string | null;
  /** `running`, `suspended`, … of the page's AudioContext; `none` while there is none. */
  readonly sound: string;
  /** Frames of sound that came from the microphone in the last second. */
  readonly framesPerSecond: number;
  /** ms since the conversation last changed. */
  readonly lastEventAgeMs: number;
  /** Bytes of the JavaScript heap; null = not told by this browser. */
  readonly heapBytes: number | null;
  readonly online: boolean;
  readonly visits: number;
  readonly reconnects: number;
  /** What was started again since the page was loaded, by part. */
  readonly restarts: Readonly<Record<WatchedPart, number>>;
  /** Failures since the page was loaded, by code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Longest time that the page stood still, ms. */
  readonly longestStallMs: number;
  /** Why the page is to be loaded anew when nobody is there; null = it is well. */
  readonly reloadWanted: string | null;
  /** The last time the page loaded itself anew: why. */
  readonly reloadedFor: string | null;
}

export type WatchedPart = 'microphone' | 'sound' | 'session' | 'page';

/** One failure as it is kept. */
export interface KeptError {
  /** ms since the epoch */
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

/** Appends to a list that never grows beyond `most`. */
export const kept = <T>(list: readonly T[], item: T, most: number): readonly T[] =>
  list.length < most ? [...list, item] : [...list.slice(list.length - most + 1), item];
