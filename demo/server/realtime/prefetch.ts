/** Runs an async source ahead of its reader, up to a bound: what makes speaking while answering, and answering on a guess, possible. */

export interface PrefetchOptions<T> {
  /** Sum of weights that may wait. */
  readonly limit: number;
  readonly weigh: (value: T) => number;
}

class Prefetch<T> implements AsyncIterableIterator<T> {
  readonly #source: AsyncIterator<T>;
  readonly #options: PrefetchOptions<T>;
  readonly #waiting: T[] = [];
  #weight = 0;
  #ended = false;
  #failure: { readonly cause: unknown } | null = null;
  #wakeReader: (() => void) | null = null;
  #wakeSource: (() => void) | null = null;

  constructor(source: AsyncIterable<T>, options: PrefetchOptions<T>) {
    this.#source = source[Symbol.asyncIterator]();
    this.#options = options;
    void this.#fill();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      const value = this.#waiting.shift();
      if (value !== undefined) {
        this.#weight -= this.#options.weigh(value);
        this.#wakeSource?.();
        return { done: false, value };
      }
      if (this.#failure !== null) throw this.#failure.cause;
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  async return(): Promise<IteratorResult<T>> {
    this.#ended = true;
    this.#waiting.length = 0;
    this.#wakeSource?.();
    this.#wakeReader?.();
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  async #fill(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#source.next();
        if (next.done === true || this.#ended) break;
        this.#waiting.push(next.value);
        this.#weight += this.#options.weigh(next.value);
        this.#wakeReader?.();
        await this.#room();
      }
    } catch (cause) {
      this.#failure = { cause };
    } finally {
      this.#ended = true;
      this.#wakeReader?.();
    }
  }

  async #room(): Promise<void> {
    while (this.#weight >= this.#options.limit && !this.#ended)
      await new Promise<void>((resolve) => (this.#wakeSource = resolve));
  }
}

/** Starts at once. Reading to the end, an error, or `return()` closes the source. `undefined` is no value. */
export function prefetch<T extends object>(source: AsyncIterable<T>, options: PrefetchOptions<T>): AsyncIterableIterator<T> {
  return new Prefetch(source, options);
}
