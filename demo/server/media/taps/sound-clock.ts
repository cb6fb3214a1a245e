/** Which moment each decoded sample belongs to: the file says when each frame of sound begins, the decoder only hands out samples. */

/** Hz of what is decoded to. */
export const SOUND_RATE = 16_000;

interface Span {
  /** Samples decoded before it. */
  readonly fromSample: number;
  readonly atMs: number;
}

/** Frames whose times agree within this make one span, ms. */
const SAME_MS = 1;
/** Frames whose usual length is what their kind has. */
const TELLING = 4;

export class SoundClock {
  #spans: Span[] = [];
  /** Of everything that was fed, in samples of SOUND_RATE, unrounded. */
  #fed = 0;
  #frameTicks: number;

  /** `frameTicks`: what a frame lasts as long as too few have been seen to tell. */
  constructor(frameTicks: number) {
    this.#frameTicks = frameTicks;
  }

  /** Samples that will have come out when all that was fed is decoded. */
  get fedSamples(): number {
    return this.#fed;
  }

  /** A run of frames was fed: `durations` in ticks of `timescale`, the first at Unix ms `atMs`. */
  feed(durations: readonly number[], timescale: number, atMs: number): void {
    // A frame decodes to as many samples as its kind has, however long the file says that it lasts: where sound begins later than the
    // picture, its first frame is said to last until the second.
    if (durations.length >= TELLING) this.#frameTicks = median(durations);
    const nominal = (this.#frameTicks / timescale) * SOUND_RATE;
    let at = atMs;
    for (const ticks of durations) {
      const last = this.#spans.at(-1);
      const expected = last === undefined ? null : last.atMs + ((this.#fed - last.fromSample) * 1000) / SOUND_RATE;
      if (expected === null || Math.abs(expected - at) > SAME_MS) this.#spans.push({ fromSample: this.#fed, atMs: at });
      this.#fed += nominal;
      at += (ticks * 1000) / timescale;
    }
  }

  /** Unix ms of the sample with that number, counted from 0, and how many from there on follow without a jump. Forgets what is before. */
  locate(sample: number): { readonly atMs: number; readonly samples: number } | null {
    while ((this.#spans[1]?.fromSample ?? Infinity) <= sample + 0.5) this.#spans.shift();
    const [span, next] = this.#spans;
    if (span === undefined) return null;
    const samples = next === undefined ? Infinity : Math.max(1, Math.round(next.fromSample) - sample);
    return { atMs: span.atMs + ((sample - span.fromSample) * 1000) / SOUND_RATE, samples };
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
