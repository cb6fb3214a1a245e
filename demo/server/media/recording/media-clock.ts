/**
 * When the pictures of a source were taken, by the gateway's clock: what arrives soonest after its end tells how the source's clock stands
 * to ours (a minimum filter), later arrivals only tell of the network.
 */

export interface MediaClockOptions {
  /** Nothing begins earlier, Unix ms: what was recorded before ends there. */
  readonly notBeforeMs: number;
  /**
   * ms that arrivals may take to catch up after a pause before the pause counts as time that is missing: a second for cameras, longer for
   * a browser that sends later what it kept.
   */
  readonly settleMs: number;
  /** Unix ms of media time 0, where somebody knows better than arrivals tell; null = nobody does (yet). */
  readonly knownOffsetMs?: () => number | null;
}

/** Arrivals that count, ms. */
const WINDOW_MS = 10_000;
/** ms of correction a second of media: playlists whose dates jump shake players. */
const SLEW_MS_PER_S = 1;
/** Pause and jump that together mean that time is missing, ms. */
const PAUSE_MS = 2000;
const JUMP_MS = 500;

export class MediaClock {
  readonly #options: MediaClockOptions;
  #late: { readonly atMs: number; lateMs: number }[] = [];
  #offsetMs = 0;
  /** It is never less than that. */
  #floorMs: number | null = null;
  #frozen = false;
  #pausedSince: { readonly atMs: number; leastMs: number } | null = null;

  constructor(options: MediaClockOptions) {
    this.#options = options;
  }

  /** Arrivals that count at present. */
  get arrivals(): number {
    return this.#late.length;
  }

  /** Unix ms of media time 0, once it is known. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Media from `startS` arrived, of which nothing was taken after `endS`. Returns true when time is missing before it: a new clock must be begun. */
  arrived(startS: number, endS: number, nowMs: number): boolean {
    const lateMs = nowMs - endS * 1000;
    // Our own clock was set back: what it told before says nothing any more, and would be kept until it has caught up.
    if (nowMs < (this.#late.at(-1)?.atMs ?? nowMs)) this.#late = [];
    const before = this.#late.at(-1);
    if (before !== undefined && nowMs - before.atMs > PAUSE_MS) this.#pausedSince = { atMs: nowMs, leastMs: lateMs };
    this.#late.push({ atMs: nowMs, lateMs });
    while ((this.#late[0]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#late.shift();
    this.#floorMs ??= this.#options.notBeforeMs - startS * 1000;
    const known = this.#options.knownOffsetMs?.() ?? null;
    if (!this.#frozen) {
      this.#offsetMs = Math.max(known ?? this.#least(), this.#floorMs);
      return false;
    }
    // Whoever knows the clock ends what it gives where time is missing.
    if (known !== null) {
      this.#pausedSince = null;
      return false;
    }
    const paused = this.#pausedSince;
    if (paused === null) return false;
    paused.leastMs = Math.min(paused.leastMs, lateMs);
    if (nowMs - paused.atMs < this.#options.settleMs && paused.leastMs - this.#offsetMs > JUMP_MS) return false;
    this.#pausedSince = null;
    return paused.leastMs - this.#offsetMs > JUMP_MS;
  }

  /** What came last came because something of `takenS` had come behind it, which is known only now. */
  followed(takenS: number): void {
    const last = this.#late.at(-1);
    if (last === undefined) return;
    last.lateMs = Math.min(last.lateMs, last.atMs - takenS * 1000);
    if (this.#pausedSince !== null) this.#pausedSince.leastMs = Math.min(this.#pausedSince.leastMs, last.lateMs);
  }

  /** From now on it is corrected slowly only. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Corrects after `durationS` of media; where something new begins. */
  slew(durationS: number): void {
    // While it is open whether time is missing, late arrivals do not count.
    if (!this.#frozen || this.#pausedSince !== null) return;
    const wanted = (this.#options.knownOffsetMs?.() ?? this.#least()) - this.#offsetMs;
    const most = durationS * SLEW_MS_PER_S;
    this.#offsetMs += Math.min(most, Math.max(-most, wanted));
  }

  #least(): number {
    return this.#late.reduce((least, { lateMs }) => Math.min(least, lateMs), Infinity);
  }
}
