/** Which rows of a long list are in the document, and where keys lead. Pure. */

export interface RowWindow {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** Rows beyond each edge, so that there is something before the next frame. */
const BEYOND = 6;

/** All in px. */
export function rowWindow(scrolled: number, height: number, rowHeight: number, total: number): RowWindow {
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - BEYOND);
  const end = Math.min(total, Math.ceil((scrolled + height) / rowHeight) + BEYOND);
  return { first: Math.min(first, end), end: Math.max(end, 0) };
}

/** The row that a key leads to; null: it is no key of the list. `page`: rows that fit. */
export function rowAfterKey(key: string, row: number, total: number, page: number): number | null {
  const to = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + Math.max(1, page),
    PageUp: row - Math.max(1, page),
    Home: 0,
    End: total - 1,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(total - 1, to));
}

/** How far to scroll so that the row is seen whole, px; the same where it is. */
export function scrollToRow(row: number, scrolled: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  return top + rowHeight > scrolled + height ? top + rowHeight - height : scrolled;
}
