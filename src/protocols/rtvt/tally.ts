import type { InterpreterDownlink } from '../../shared/interpretation.ts';

/** What is counted rather than told one by one: dropped frames, round trips, things worth a line in the diagnosis. */

const TELL_MS = 1_000;
const MOST_NAMES = 32;

export class Tally {
  readonly #emit: (told: InterpreterDownlink) => void;
  readonly #noted = new Map<string, number>();
  #dropped = 0;
  #droppedTold = 0;
  #sumMs = 0;
  #count = 0;
  #toldAt = -Infinity;

  constructor(emit: (told: InterpreterDownlink) => void) {
    this.#emit = emit;
  }

  drop(frames: number): void {
    this.#dropped += frames;
  }

  roundTrip(ms: number): void {
    this.#sumMs += ms;
    this.#count += 1;
  }

  note(what: string): void {
    // Whoever sends ever new names is not to fill our memory.
    const name = this.#noted.has(what) || this.#noted.size < MOST_NAMES ? what : 'and others';
    const count = (this.#noted.get(name) ?? 0) + 1;
    this.#noted.set(name, count);
    this.#emit({ type: 'noted', what: name, count });
  }

  /** Several times a second; `now` in ms. */
  tell(now: number): void {
    if (this.#dropped > this.#droppedTold) {
      this.#droppedTold = this.#dropped;
      this.#emit({ type: 'dropped', frames: this.#dropped });
    }
    if (this.#count > 0 && now - this.#toldAt >= TELL_MS) {
      this.#emit({ type: 'round-trip', ms: this.#sumMs / this.#count });
      this.#toldAt = now;
      this.#sumMs = this.#count = 0;
    }
  }
}
