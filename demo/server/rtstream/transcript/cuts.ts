/** Places in the sound of a stream where its source was away, and what time it is on either side. Pure. */

export interface Cut {
  /** After the last sample before it. */
  readonly from: number;
  /** First sample after it; between the two is silence of ours. */
  readonly to: number;
  /** Unix ms of that sample. */
  readonly atMs: number;
}

/** Sentences under way look back over no more. */
const KEPT = 64;

export class Cuts {
  readonly #cuts: Cut[] = [];

  add(cut: Cut): void {
    this.#cuts.push(cut);
    if (this.#cuts.length > KEPT) this.#cuts.shift();
  }

  /** When speech began that was found at `position`: voice activity may see it in the silence just before. `timeMs`: by the clock there. */
  began(position: number, timeMs: number): number {
    return this.#within(position)?.atMs ?? timeMs;
  }

  /** Nothing that comes begins before this. */
  settled(position: number, timeMs: number): number {
    const cut = this.#within(position);
    return cut === undefined ? timeMs : Math.min(timeMs, cut.atMs);
  }

  #within(position: number): Cut | undefined {
    return this.#cuts.findLast(({ from, to }) => position >= from && position < to);
  }
}
