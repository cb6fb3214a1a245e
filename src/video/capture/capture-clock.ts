import type { MediaPiece } from './webm.ts';

/** When a recorder's media was captured: its own clock begins at 0, and nothing tells when that was. */

/** Media that counts, ms of arrivals: long enough for a quiet moment, short enough to follow drifting devices. */
const WINDOW_MS = 30_000;
/** What was captured shortly before the recorder was started may stand in it, ms: a picture, a device's buffer. */
const BEFORE_START_MS = 50;
/** A gap of so much, and deliveries that are too early by most of it, ms: the recorder's clock ran ahead. */
const SLIP_MS = 20;

/**
 * A recorder keeps its newest frame until the next one comes (Chromium does, measured by `npm run prove:capture`): what arrives was pushed
 * out by the first frame of what arrives after it, which was captured just then. The earliest of these says best when the clock began,
 * since a frame can be handed over late, never early.
 */
export class CaptureClock {
  readonly #startedMs: number;
  #before: number | null = null;
  #zeros: { readonly atMs: number; readonly zeroMs: number }[] = [];
  #gapMs = 0;
  #slipped = false;

  /** `startedMs`: the capture clock when the recorder was started. */
  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  /** The pieces of one delivery at `atMs`; answers when the end of each was captured, as well as is known by now. */
  arrived(pieces: readonly MediaPiece[], atMs: number): readonly number[] {
    const media = pieces.filter(({ init }) => !init);
    const [first, last] = [media[0], media.at(-1)];
    if (first !== undefined && last !== undefined) {
      const zeroMs = this.#before === null ? atMs - last.toMs : this.#before - first.firstMs;
      this.#gapMs += media.reduce((sum, { gapMs }) => sum + gapMs, 0);
      this.#slipped ||= this.#gapMs > SLIP_MS && zeroMs < this.#least() - this.#gapMs / 2;
      this.#zeros.push({ atMs, zeroMs: Math.max(zeroMs, this.#startedMs - BEFORE_START_MS) });
      this.#before = atMs;
    }
    while ((this.#zeros[0]?.atMs ?? atMs) < atMs - WINDOW_MS) this.#zeros.shift();
    const zero = this.#least();
    return pieces.map(({ init, toMs }) => (init || zero === Infinity ? atMs : zero + toMs));
  }

  /**
   * Sound that was held up by a busy machine and then came at once: the recorder took the wait for silence and keeps it, so all that follows
   * is late by it. A recorder that is begun anew is right again.
   */
  get slipped(): boolean {
    return this.#slipped;
  }

  #least(): number {
    return this.#zeros.reduce((least, { zeroMs }) => Math.min(least, zeroMs), Infinity);
  }
}
