/** Calls that wait for a free child: bounded, ordinary ones first, droppable ones given up when there is no room. */

export interface Waiting {
  /** A droppable call is one whose answer will soon be stale, e.g. an interim transcript. */
  readonly droppable: boolean;
  /** Told when the queue gives the call up for another one. */
  drop(): void;
}

export class CallQueue<T extends Waiting> {
  readonly #limit: number;
  readonly #ordinary: T[] = [];
  readonly #droppable: T[] = [];

  /** `limit`: how many calls may wait, of both kinds together. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#ordinary.length + this.#droppable.length;
  }

  /** False when there is no room. An ordinary call takes the place of the oldest droppable one. */
  offer(call: T): boolean {
    if (this.length >= this.#limit) {
      if (call.droppable) return false;
      const stale = this.#droppable.shift();
      if (stale === undefined) return false;
      stale.drop();
    }
    (call.droppable ? this.#droppable : this.#ordinary).push(call);
    return true;
  }

  /** `droppable`: whether there is room for such a call too. */
  take(droppable: boolean): T | undefined {
    return this.#ordinary.shift() ?? (droppable ? this.#droppable.shift() : undefined);
  }

  /** True when the call was still waiting. */
  remove(call: T): boolean {
    for (const list of [this.#ordinary, this.#droppable]) {
      const index = list.indexOf(call);
      if (index === -1) continue;
      list.splice(index, 1);
      return true;
    }
    return false;
  }

  /** Empties the queue, oldest first. */
  drain(): T[] {
    return [...this.#ordinary.splice(0), ...this.#droppable.splice(0)];
  }
}
