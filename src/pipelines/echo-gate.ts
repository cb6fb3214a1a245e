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
const EARLY_RETURN_DB = -24;
/** Above what comes back: a vowel within its phrase. */
const MARGIN_DB = 5;
/** Nothing is believed to come back less before so much was played, s; then the estimate sinks at this pace. */
const UNSURE_S = 10;
const SINK_DB_PER_S = 0.5;
/** The level told is up to 100 ms old and the echo up to 500 ms late, so the loudest counts, and fades at this pace. */
const FADE_DB_PER_S = 0.5;
/** So far below the loudest it is a pause. */
const PAUSE_DB = 10;
/** Until something was told: a usual voice. */
const ASSUMED_DB = -18;
/** What is heard right after the sound has begun is most likely its echo: it must be this loud to count, and it teaches. */
const GUARD_S = 0.7;
const GUARD_RETURN_DB = -6;
/** How long an echo goes on when the sound has ended. */
const REACH_S = 0.5;

export class EchoGate {
  #returned = RETURN_DB;
  /** A user who speaks softly must not teach more than this. */
  #most = RETURN_DB;
  #reference = ASSUMED_DB;
  #level = -Infinity;
  #playing = false;
  #startedAt = -Infinity;
  #stoppedAt = -Infinity;
  #playedS = 0;

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
    const guarded = now - this.#startedAt < GUARD_S;
    return this.#reference + (guarded ? Math.max(GUARD_RETURN_DB, this.#returned) : this.#returned) + MARGIN_DB;
  }

  /** A frame of `seconds` that was not speech, at `db`. */
  learn(db: number, now: number, seconds: number): void {
    if (!this.sounding(now)) return;
    this.#playedS += seconds;
    this.#reference = Math.max(ASSUMED_DB - 20, this.#reference - FADE_DB_PER_S * seconds);
    const seen = db - this.#reference;
    if (now - this.#startedAt < GUARD_S) this.#most = Math.min(MOST_RETURN_DB, Math.max(this.#most, seen));
    // A pause of what is played teaches nothing.
    if (this.#level < this.#reference - PAUSE_DB) return;
    const sunk = Math.max(this.#playedS < UNSURE_S ? EARLY_RETURN_DB : LEAST_RETURN_DB, this.#returned - SINK_DB_PER_S * seconds);
    this.#returned = Math.min(this.#most, Math.max(sunk, seen));
  }
}
