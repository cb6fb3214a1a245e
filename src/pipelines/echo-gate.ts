import { decibels } from './noise-floor.ts';

/** The level below which sound at the microphone may be the echo of what is being played. */

export interface PlaybackState {
  readonly playing: boolean;
  /** RMS of what was rendered, 0–1. */
  readonly level: number;
}

/** What comes back of the played sound before anything is known, dB: louder than a laptop's echo before its canceller has converged. */
const RETURN_DB = -12;
/** The canceller leaves a loud echo for its first seconds (audio.md §3), so nothing is learnt down before, s. */
const UNSURE_S = 10;
/** dB a second that the estimate may sink later on, and how far. */
const SINK_DB_PER_S = 1;
const LEAST_RETURN_DB = -40;
/** Above the estimate. */
const MARGIN_DB = 6;
/** How long an echo can be on its way (buffers, room, 200 ms Bluetooth), s. */
const REACH_S = 0.5;
/** What is played is told up to 100 ms late; until then this level, or the loudest known, is assumed. */
const ASSUMED_LEVEL = 0.15;
const BLIND_S = 0.25;

export class EchoGate {
  #returned = RETURN_DB;
  #playing = false;
  #level = 0;
  #loudest = ASSUMED_LEVEL;
  #startedAt = -Infinity;
  #heldUntil = -Infinity;
  #held = 0;
  #playedFor = 0;

  playback(state: PlaybackState, now: number): void {
    if (state.playing && !this.#playing) this.#startedAt = now;
    this.#playing = state.playing;
    this.#level = state.level;
    this.#loudest = Math.max(state.level, this.#loudest * 0.999);
  }

  /** dBFS that speech has to exceed at `now` (s); −∞ when nothing was played lately. */
  threshold(now: number, seconds: number): number {
    if (this.#playing) this.#playedFor += seconds;
    const blind = this.#playing && now - this.#startedAt < BLIND_S;
    const level = this.#playing ? Math.max(this.#level, blind ? this.#loudest : 0) : 0;
    if (level >= this.#held || now > this.#heldUntil) {
      this.#held = level;
      this.#heldUntil = now + REACH_S;
    }
    return this.#held === 0 ? -Infinity : decibels(this.#held) + this.#returned + MARGIN_DB;
  }

  /** A frame that was not speech while sound was played: what came back of it. */
  learn(db: number, seconds: number): void {
    if (this.#held === 0 || this.#playedFor < UNSURE_S) return;
    const seen = db - decibels(this.#held);
    const sunk = Math.max(LEAST_RETURN_DB, this.#returned - SINK_DB_PER_S * seconds);
    this.#returned = Math.min(RETURN_DB, Math.max(sunk, seen));
  }
}
