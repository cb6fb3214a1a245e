/** Cuts a stream of samples into 16-bit frames of exactly one length, on a clock that counts samples. */

import { Level } from './level.ts';
import { toPcm16 } from './pcm16.ts';

export class Framer {
  /** The frame; the next push after it was whole begins to overwrite it. */
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

  /** `pcm` is a whole frame. */
  get whole(): boolean {
    return this.#filled === this.pcm.length;
  }

  /** Takes samples until the frame is whole, at most `count`; returns how many. */
  push(samples: Float32Array, from: number, count: number): number {
    const { pcm } = this;
    if (this.#filled === pcm.length) {
      this.#filled = 0;
      this.at += pcm.length;
      this.#level.reset();
    }
    const taken = Math.min(count, pcm.length - this.#filled);
    for (let index = 0; index < taken; index++) pcm[this.#filled + index] = toPcm16(samples[from + index]!);
    this.#level.add(samples, from, taken);
    this.#filled += taken;
    if (this.#filled === pcm.length) this.level = Math.min(1, this.#level.rms);
    return taken;
  }
}
