/** The clock of a stream: which time of the client each sample was recorded at, by the `ts` of its frames. Pure. */

/** Samples a millisecond. */
const PER_MS = 16;
/** A hole in the client's times from which on it counts as silence that was not sent, ms: some clients send no quiet frames. */
const HOLE_MS = 300;
/** Silence put in for a hole is never longer; it has ended every sentence by then. ms */
const MOST_SILENCE_MS = 2500;

interface Mark {
  readonly position: number;
  readonly ts: number;
}

export class StreamClock {
  readonly #marks: Mark[] = [];

  /** ms of silence that belong before a frame of time `ts` at `position`. */
  holeBefore(position: number, ts: number): number {
    const last = this.#marks.at(-1);
    if (last === undefined) return 0;
    const missing = ts - this.#timeFrom(last, position);
    return missing < HOLE_MS ? 0 : Math.min(missing, MOST_SILENCE_MS);
  }

  /** The sample at `position` was recorded at `ts`, ms. */
  mark(position: number, ts: number): void {
    const last = this.#marks.at(-1);
    // A steady clock needs one mark; a client's clock jitters by a few ms a frame, and those times are told as they came.
    if (last !== undefined && this.#timeFrom(last, position) === ts) return;
    this.#marks.push({ position, ts });
  }

  /** When the sample at `position` was recorded, ms, whole. */
  timeOf(position: number): number {
    const mark = this.#marks.findLast((candidate) => candidate.position <= position) ?? this.#marks[0];
    return mark === undefined ? 0 : Math.round(this.#timeFrom(mark, position));
  }

  /** Nobody asks about samples before `position` any more. */
  forgetBefore(position: number): void {
    const keep = this.#marks.findLastIndex((mark) => mark.position <= position);
    if (keep > 0) this.#marks.splice(0, keep);
  }

  #timeFrom(mark: Mark, position: number): number {
    return mark.ts + (position - mark.position) / PER_MS;
  }
}
