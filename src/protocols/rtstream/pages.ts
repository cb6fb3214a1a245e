import { Observable } from 'rxjs';

/** Lists that come by pages, told one thing after the other. */

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
  /** Of all pages; null = not told. */
  readonly total: number | null;
}

/** `read` gets 1, 2, 3 …; a page is asked for when the one before has been taken. */
export async function* everyItem<T>(read: (page: number) => Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  for (let page = 1; ; page++) {
    const { items, hasNext } = await read(page);
    yield* items;
    // A server that promises pages for ever and sends none is not believed.
    if (!hasNext || items.length === 0) return;
  }
}

/**
 * Cold: at most so many of them, each asked for when the one before was told. By hand, because the embed script's RxJS reads no async
 * iterables.
 */
export const firstItems = <T>(items: AsyncIterable<T>, most: number): Observable<T> =>
  new Observable((subscriber) => {
    const tell = async (): Promise<void> => {
      let count = 0;
      for await (const item of items) {
        if (subscriber.closed) return;
        subscriber.next(item);
        if (++count >= most) return;
      }
    };
    tell().then(
      () => subscriber.complete(),
      (cause: unknown) => subscriber.error(cause),
    );
  });
