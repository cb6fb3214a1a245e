import { EMPTY, mergeMap, merge, of, defer, timer, type Observable, map } from 'rxjs';

/** What a kiosk's own ear makes of the microphone: signs that it works, and speech by its loudness, for waking and for the idle clock. */

export type EarEvent =
  /** Once a second: frames that came in it, and how many of them were all zero; the room, dBFS. */
  | { readonly type: 'second'; readonly frames: number; readonly zeros: number; readonly floorDb: number; readonly db: number }
  | { readonly type: 'speech'; readonly on: boolean };

/** Speech stands so far above the room, dB, and is never softer than this, dBFS. */
const ABOVE_DB = 10;
const SOFTEST_DB = -50;
/** The room's level follows down at once and up slowly, so that a sentence does not lift it. */
const RISE_DB_PER_S = 3;
const FALL = 0.3;
/** ms that must be loud within the window before it counts: a slammed door is shorter. */
const LOUD_MS = 400;
const WINDOW_MS = 700;
/** ms of quiet that end it. */
const QUIET_MS = 900;

const decibels = (level: number): number => (level > 1e-6 ? 20 * Math.log10(level) : -120);

export class Ear {
  readonly #frameMs: number;
  readonly #softestDb: number;
  #floorDb: number | null = null;
  #loudMs = 0;
  #quietMs = 0;
  #speaking = false;

  /** `softestDb`: speech is at least this loud, as calibrated in this room. */
  constructor(frameMs: number, softestDb = SOFTEST_DB) {
    this.#frameMs = frameMs;
    this.#softestDb = softestDb;
  }

  get floorDb(): number {
    return this.#floorDb ?? -120;
  }

  /** One frame's RMS, 0–1; true or false when speech begins or ends with it. */
  hear(level: number): boolean | null {
    const db = decibels(level);
    const floor = this.#floorDb ?? db;
    const loud = db >= Math.max(floor + ABOVE_DB, this.#softestDb);
    this.#floorDb = db < floor ? floor + (db - floor) * FALL : Math.min(db, floor + (RISE_DB_PER_S * this.#frameMs) / 1000);
    this.#quietMs = loud ? 0 : this.#quietMs + this.#frameMs;
    // Loud time fades by the length of the window, so syllables with pauses add up and single knocks do not.
    const fade = (this.#frameMs * LOUD_MS) / WINDOW_MS;
    this.#loudMs = Math.max(0, Math.min(2 * LOUD_MS, this.#loudMs + (loud ? this.#frameMs : -fade)));
    if (!this.#speaking && this.#loudMs >= LOUD_MS) return (this.#speaking = true);
    if (!this.#speaking || this.#quietMs < QUIET_MS) return null;
    this.#loudMs = 0;
    return (this.#speaking = false);
  }
}

/** `level$`: one RMS a frame, 0–1. */
export function ear(level$: Observable<number>, frameMs: number, softestDb?: number): Observable<EarEvent> {
  return defer(() => {
    const heard = new Ear(frameMs, softestDb);
    let frames = 0;
    let zeros = 0;
    let loudest = 0;
    const speech$ = level$.pipe(
      mergeMap((level): Observable<EarEvent> => {
        frames += 1;
        if (level === 0) zeros += 1;
        loudest = Math.max(loudest, level);
        const on = heard.hear(level);
        return on === null ? EMPTY : of({ type: 'speech', on });
      }),
    );
    const second$ = timer(1000, 1000).pipe(
      map((): EarEvent => {
        const second: EarEvent = { type: 'second', frames, zeros, floorDb: heard.floorDb, db: decibels(loudest) };
        frames = zeros = loudest = 0;
        return second;
      }),
    );
    return merge(speech$, second$);
  });
}
