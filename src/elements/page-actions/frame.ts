import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A frame over the page that follows an element of it while the page scrolls; it takes no pointer and is not part of the page. */
export class Frame implements ReactiveController {
  #box: HTMLElement | null = null;
  #around: Element | null = null;
  readonly #sizes: ResizeObserver | null = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#place());

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.draw(this.#box, null);
  }

  /** Draws `box` around `element`; null takes it away. */
  draw(box: HTMLElement | null, element: Element | null): void {
    if (box === this.#box && element === this.#around) return;
    const follows = this.#around !== null;
    this.#sizes?.disconnect();
    this.#box = box;
    this.#around = element;
    if (element !== null) this.#sizes?.observe(element);
    if (follows !== (element !== null)) {
      const change = element === null ? removeEventListener : addEventListener;
      change('scroll', this.#place, { capture: true, passive: true });
      change('resize', this.#place);
    }
    if (box?.isConnected === true) box.togglePopover(element !== null);
    this.#place();
  }

  readonly #place = (): void => {
    if (this.#box === null || this.#around === null) return;
    const { left, top, width, height } = this.#around.getBoundingClientRect();
    const { style } = this.#box;
    style.setProperty('left', `${left}px`);
    style.setProperty('top', `${top}px`);
    style.setProperty('width', `${width}px`);
    style.setProperty('height', `${height}px`);
  };
}
