import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { rowWindow, scrollToRow, type RowWindow } from './list-window.ts';

/** The part of a long list that is seen: how high it and its rows are, and how far it is scrolled, all in px. */

const USUAL_ROW_PX = 76;

interface ScrolledHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class ListViewport implements ReactiveController {
  rowPx = USUAL_ROW_PX;
  readonly #host: ScrolledHost;
  readonly #changed: () => void;
  #heightPx = 0;
  /** The height of a row is known from one. */
  #measured = false;
  readonly #sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#measure());
  #observed: Element | null = null;

  /** `changed`: another part is seen, since a size is another. */
  constructor(host: ScrolledHost, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#observed = null;
  }

  hostUpdated(): void {
    const scroller = this.#scroller;
    if (scroller !== null && this.#observed !== scroller) {
      this.#observed = scroller;
      this.#sizes?.observe(scroller);
    }
    // Where nothing is seen there is nothing to measure: its size will be told when it is.
    if (!this.#measured && this.visible) this.#measure();
  }

  get visible(): boolean {
    return (this.#scroller?.clientHeight ?? 0) > 0;
  }

  /** The first row that is seen. */
  get row(): number {
    return Math.round((this.#scroller?.scrollTop ?? 0) / this.rowPx);
  }

  /** Rows that fit. */
  get rows(): number {
    return Math.floor(this.#heightPx / this.rowPx);
  }

  window(total: number): RowWindow {
    return rowWindow(this.#scroller?.scrollTop ?? 0, this.#heightPx, this.rowPx, total);
  }

  /** The row becomes the first that is seen, as far as there are rows below it. */
  begin(row: number): void {
    const scroller = this.#scroller;
    if (scroller !== null) scroller.scrollTop = row * this.rowPx;
  }

  /** The row is seen whole. */
  reveal(row: number): void {
    const scroller = this.#scroller;
    if (scroller !== null) scroller.scrollTop = scrollToRow(row, scroller.scrollTop, this.#heightPx, this.rowPx);
  }

  get #scroller(): Element | null {
    return this.#host.renderRoot.querySelector('.list');
  }

  #measure(): void {
    const heightPx = this.#scroller?.clientHeight ?? 0;
    const rowPx = this.#host.renderRoot.querySelector('.row')?.getBoundingClientRect().height ?? 0;
    const changed = heightPx !== this.#heightPx || (rowPx > 0 && rowPx !== this.rowPx);
    this.#heightPx = heightPx;
    if (rowPx > 0) this.rowPx = rowPx;
    this.#measured = rowPx > 0;
    if (changed) this.#changed();
  }
}
