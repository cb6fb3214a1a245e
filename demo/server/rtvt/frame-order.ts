/** Puts frames that came out of order right again, within a small window; what comes too late is left out and counted. Pure. */

/** Frames that are held back for one that is missing: 200 ms. */
const WINDOW = 10;
/** A number this far behind is a client that counts anew. */
const RESTART = 1000;

export class FrameOrder<T> {
  #next: number | null = null;
  readonly #held = new Map<number, T>();
  #late = 0;
  #lost = 0;

  /** Frames that came after their turn, or twice. */
  get late(): number {
    return this.#late;
  }

  /** Frames that never came in time. */
  get lost(): number {
    return this.#lost;
  }

  /** Takes one frame; returns those whose turn it is. */
  push(seq: number, frame: T): readonly T[] {
    // SDKs begin with 0 or 1. Another first number may have been overtaken by nothing that we could know of.
    this.#next ??= seq;
    if (seq < this.#next - RESTART) {
      const rest = this.flush();
      this.#next = seq + 1;
      return [...rest, frame];
    }
    if (seq < this.#next || this.#held.has(seq)) {
      this.#late++;
      return [];
    }
    this.#held.set(seq, frame);
    const ready = this.#take();
    if (this.#held.size <= WINDOW) return ready;
    const first = Math.min(...this.#held.keys());
    this.#lost += first - this.#next;
    this.#next = first;
    return [...ready, ...this.#take()];
  }

  /** Everything that was held back, in order: nothing more is waited for. */
  flush(): readonly T[] {
    const rest = [...this.#held].sort(([a], [b]) => a - b);
    const last = rest.at(-1);
    if (last !== undefined) this.#next = last[0] + 1;
    this.#held.clear();
    return rest.map(([, frame]) => frame);
  }

  #take(): readonly T[] {
    const ready: T[] = [];
    for (let frame = this.#following(); frame !== undefined; frame = this.#following()) ready.push(frame);
    return ready;
  }

  #following(): T | undefined {
    const next = this.#next;
    if (next === null) return undefined;
    const frame = this.#held.get(next);
    if (frame === undefined) return undefined;
    this.#held.delete(next);
    this.#next = next + 1;
    return frame;
  }
}
