/** Cuts a stream of samples into 16-bit frames of exactly one length, on a clock that counts samples. */

import { Level } from './level.ts';
import { toPcm16 } from './pcm16.ts';

export class Framer {
  /** The frame, whole when `push` says so; the next push begins to overwrite it. */
  readonly pcm: Int16Array<ArrayBuffer>;
  /** Position of the frame's first sample since the beginning. */
  at = 0;
  /** RMS of the whole frame, 0–1. */
  level = 0;
  readonly #level = new Level();
  #filled = 0;

  /** Rate in Hz, length in ms; 22.05 kHz × 10 ms = 220 samples. */
  constructor(rate: number, frameMs: number) {
    this.pcm = new Int16Array(Math.max(1, Math.floor((rate * frameMs) / 1000)));
  }

  /** True when this sample made the frame whole. */
  push(sample: number): boolean {
    if (this.#filled === this.pcm.length) {
      this.#filled = 0;
      this.at += this.pcm.length;
    }
    this.pcm[this.#filled++] = toPcm16(sample);
    this.#level.add(sample);
    if (this.#filled < this.pcm.length) return false;
    this.level = Math.min(1, this.#level.rms);
    this.#level.reset();
    return true;
  }
}
