import type { Fragment } from './fmp4/fragment.ts';

/** How much comes in. */

const WINDOW_MS = 5000;

export class Meter {
  #recent: { readonly atMs: number; readonly bytes: number; readonly frames: number; readonly durationS: number }[] = [];
  #bytes = 0;

  add({ bytes, video, durationS }: Fragment, nowMs: number): void {
    this.#bytes += bytes.byteLength;
    this.#recent.push({ atMs: nowMs, bytes: bytes.byteLength, frames: video?.durations.length ?? 0, durationS });
    this.#forget(nowMs);
  }

  /** Over the last seconds, by the media's own time, so that bursts do not count as speed. */
  figures(nowMs: number): { readonly bitsPerSecond: number; readonly framesPerSecond: number; readonly bytes: number } {
    this.#forget(nowMs);
    const sum = this.#recent.reduce(
      (total, { bytes, frames, durationS }) => ({
        bytes: total.bytes + bytes,
        frames: total.frames + frames,
        durationS: total.durationS + durationS,
      }),
      { bytes: 0, frames: 0, durationS: 0 },
    );
    if (sum.durationS === 0) return { bitsPerSecond: 0, framesPerSecond: 0, bytes: this.#bytes };
    return {
      bitsPerSecond: Math.round((sum.bytes * 8) / sum.durationS),
      framesPerSecond: Math.round((sum.frames / sum.durationS) * 10) / 10,
      bytes: this.#bytes,
    };
  }

  #forget(nowMs: number): void {
    while ((this.#recent[0]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#recent.shift();
  }
}
