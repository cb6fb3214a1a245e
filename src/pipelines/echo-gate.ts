import { decibels } from './noise-floor.ts';

/** The level below which sound at the microphone may be the echo of what is being played. */

export interface PlaybackState {
  readonly playing: boolean;
  /** RMS of what was rendered, 0–1. */
  readonly level: number;
}

/** What comes back of the played sound before anything is known, dB; a canceller leaves as much for its first seconds (audio.md §3). */
const RETURN_DB = -16;
/** The most and the least that is believed. */
const MOST_RETURN_DB = 0;
const LEAST_RETURN_DB = -40;
/** Above what comes back: a vowel within its phrase. */
const MARGIN_DB = 5;
/**
 * The most that came back in this span of loud sound and in the one before is what is believed, s; until two are over (about 10 s of
 * speech), at least `RETURN_DB`.
 */
const SPAN_S = 3;
/** Frames that wait before they teach: the soft beginning of a word is no echo. */
const PENDING = 12;
/** The level told is up to 100 ms old and the echo up to 500 ms late, so the loudest counts, and fades at this pace. */
const FADE_DB_PER_S = 0.5;
/** So far below the loudest it is a pause. */
const PAUSE_DB = 10;
/** Until something was told: a usual voice. */
const ASSUMED_DB = -18;
const LOWEST_REFERENCE_DB = -38;
/** What is heard right after the sound has begun is most likely its echo: it must be this loud to count, and it teaches. */
const GUARD_S = 0.7;
const GUARD_RETURN_DB = -6;
/** How long an echo goes on when the sound has ended. */
const REACH_S = 0.5;

export class EchoGate {
  /** The most that came back, dB: in this span of loud sound and in the one before. */
  #now = RETURN_DB;
  #before = RETURN_DB;
  #spanS = 0;
  readonly #pending = new Float64Array(PENDING).fill(LEAST_RETURN_DB);
  #next = 0;
  /** A user who speaks softly must not teach more than this. */
  #most = RETURN_DB;
  #reference = ASSUMED_DB;
  #level = -Infinity;
  #playing = false;
  #startedAt = -Infinity;
  #stoppedAt = -Infinity;

  /** `now`: s, on the same clock as the frames. */
  playback({ playing, level }: PlaybackState, now: number): void {
    if (playing && !this.#playing && now - this.#stoppedAt > REACH_S) this.#startedAt = now;
    if (!playing && this.#playing) this.#stoppedAt = now;
    this.#playing = playing;
    this.#level = playing ? decibels(level) : -Infinity;
    this.#reference = Math.max(this.#reference, this.#level);
  }

  /** Sound may be an echo at `now`. */
  sounding(now: number): boolean {
    return this.#playing || now - this.#stoppedAt < REACH_S;
  }

  /** dBFS that speech has to exceed at `now`. */
  threshold(now: number): number {
    if (!this.sounding(now)) return -Infinity;
    const returned = Math.max(this.#now, this.#before);
    return this.#reference + (this.#guarded(now) ? Math.max(GUARD_RETURN_DB, returned) : returned) + MARGIN_DB;
  }

  /** A frame of `seconds` that was not speech, at `db`. */
  learn(db: number, now: number, seconds: number): void {
    if (!this.sounding(now)) return;
    this.#reference = Math.max(LOWEST_REFERENCE_DB, this.#reference - FADE_DB_PER_S * seconds);
    const seen = db - this.#reference;
    if (this.#guarded(now)) this.#most = Math.min(MOST_RETURN_DB, Math.max(this.#most, seen));
    // A pause of what is played teaches nothing.
    if (this.#level < this.#reference - PAUSE_DB) return;
    this.#now = Math.max(this.#now, this.#pending[this.#next]!);
    this.#pending[this.#next] = Math.min(this.#most, seen);
    this.#next = (this.#next + 1) % PENDING;
    this.#spanS += seconds;
    if (this.#spanS < SPAN_S) return;
    this.#before = this.#now;
    this.#now = LEAST_RETURN_DB;
    this.#spanS = 0;
  }

  /** What was just heard was the beginning of speech. */
  unlearn(): void {
    this.#pending.fill(LEAST_RETURN_DB);
  }

  #guarded(now: number): boolean {
    return now - this.#startedAt < GUARD_S;
  }
}
