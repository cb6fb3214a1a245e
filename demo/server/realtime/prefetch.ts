/** Runs an async source ahead of its reader, up to a bound: what makes speaking while answering, and answering on a guess, possible. */

export interface PrefetchOptions<T> {
  /** Sum of weights that may wait. */
  readonly limit: number;
  readonly weigh: (value: T) => number;
}

/** Starts at once. Reading to the end, an error, or `return()` closes the source. */
export function prefetch<T>(source: AsyncIterable<T>, { limit, weigh }: PrefetchOptions<T>): AsyncIterableIterator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const waiting: T[] = [];
  let weight = 0;
  let ended = false;
  let failure: { readonly cause: unknown } | null = null;
  let wakeReader: (() => void) | null = null;
  let wakeSource: (() => void) | null = null;

  const wake = (): void => {
    wakeReader?.();
    wakeReader = null;
  };

  const fill = async (): Promise<void> => {
    try {
      for (let next = await iterator.next(); next.done !== true && !ended; next = await iterator.next()) {
        waiting.push(next.value);
        weight += weigh(next.value);
        wake();
        while (weight >= limit && !ended) await new Promise<void>((resolve) => (wakeSource = resolve));
        if (ended) return;
      }
    } catch (cause) {
      failure = { cause };
    } finally {
      ended = true;
      wake();
    }
  };
  void fill();

  const close = async (): Promise<IteratorResult<T>> => {
    ended = true;
    waiting.length = 0;
    wakeSource?.();
    wake();
    await iterator.return?.();
    return { done: true, value: undefined };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (waiting.length === 0) {
        if (failure !== null) throw failure.cause;
        if (ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
      const value = waiting.shift() as T;
      weight -= weigh(value);
      wakeSource?.();
      return { done: false, value };
    },
    return: close,
  };
}
