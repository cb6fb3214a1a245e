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
