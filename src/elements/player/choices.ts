import type { CaptionWish } from '../caption-rows/viewer-choice.ts';
import type { CaptionWishes } from './caption-schedule.ts';
import type { Playback } from './playback.ts';
import { readPlayerPreferences, usual, writePlayerPreferences, type PlayerPreferences } from './remembered.ts';

/** What a viewer chose, in force and remembered. */
export class Choices {
  readonly #playback: Playback;
  readonly #key: () => string;
  #remembered: Partial<PlayerPreferences> = {};

  constructor(playback: Playback, key: () => string) {
    this.#playback = playback;
    this.#key = key;
  }

  /** What was chosen on an earlier visit; what the page says itself wins. */
  recall(says: (attribute: string) => boolean): void {
    const { video } = this.#playback;
    this.#remembered = readPlayerPreferences(this.#key());
    const { volume, muted, speed } = this.#remembered;
    if (volume !== undefined && !says('volume')) video.volume = volume;
    if (muted !== undefined && !says('muted')) video.muted = muted;
    if (speed !== undefined) video.defaultPlaybackRate = speed;
  }

  get all(): PlayerPreferences {
    return { ...usual, ...this.#remembered, speed: this.#playback.video.playbackRate };
  }

  choose(changes: Partial<PlayerPreferences>): void {
    const { video } = this.#playback;
    this.#remembered = { ...this.#remembered, ...changes };
    if (changes.speed !== undefined) video.playbackRate = video.defaultPlaybackRate = changes.speed;
    writePlayerPreferences(this.#key(), this.#remembered);
    this.#keepPace();
  }

  /** BCP 47 of the translation that is read; null = none. */
  get to(): string | null {
    return this.all.languages.split(' ').find((word) => word !== 'original' && word !== '') ?? null;
  }

  /** Which of the two sides are read; at least one. */
  get wishes(): readonly CaptionWish[] {
    const original = this.to === null || this.all.languages.split(' ').includes('original');
    return [...(original ? ['original'] : []), ...(this.to === null ? [] : ['translation'])];
  }

  get captions(): CaptionWishes {
    return { pace: this.all.pace, to: this.to };
  }

  /** Captions with the picture need a picture that waits for them. */
  #keepPace(): void {
    const playback = this.#playback;
    if (!playback.state.live) return;
    const neededMs = this.all.pace === 'sync' ? playback.delay.neededMs : null;
    if (neededMs === null || !playback.clock.real) {
      playback.command({ type: 'latency', seconds: null });
      return;
    }
    const nowBehindS = (Date.now() - playback.dateMs) / 1000;
    const seconds = Math.min(30, Math.max(1, playback.behindS + neededMs / 1000 - nowBehindS));
    playback.command({ type: 'latency', seconds });
  }
}
