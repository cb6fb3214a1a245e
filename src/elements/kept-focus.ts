import type { LitElement, ReactiveController } from 'lit';

/** What had the focus may go away with what it was for: the focus then goes on to the nearest thing, and is never lost to the page. */

const FOCUSABLE = ':is(button, input, select, textarea, summary, a[href], [tabindex]):not(:disabled, [tabindex="-1"])';

export class KeptFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #next: (gone: Element) => HTMLElement | null;
  #had: Element | null = null;
  /** What could be reached beside it, the nearest first. */
  #near: readonly HTMLElement[] = [];

  /** `next`: where the focus of what is gone belongs; null = to what stood after it, else before it. */
  constructor(host: LitElement, next: (gone: Element) => HTMLElement | null = () => null) {
    this.#host = host;
    this.#next = next;
    host.addController(this);
  }

  hostUpdate(): void {
    const { renderRoot } = this.#host;
    // Before the first rendering there is no root yet.
    this.#had = (renderRoot as ShadowRoot | undefined)?.activeElement ?? null;
    this.#near = this.#had === null ? [] : nearest(renderRoot, this.#had);
  }

  hostUpdated(): void {
    const had = this.#had;
    this.#had = null;
    if (had === null || reachable(had) || this.#isElsewhere(had)) return;
    if ([this.#next(had), ...this.#near].some(reach)) return;
    for (let around: Element = this.#host; ;) {
      const root = around.getRootNode();
      if (!(root instanceof ShadowRoot)) break;
      if (nearest(root, around).some(reach)) return;
      around = root.host;
    }
    this.#stay();
  }

  /** Somebody has led the focus to another place. */
  #isElsewhere(had: Element): boolean {
    const now = (this.#host.renderRoot as ShadowRoot).activeElement;
    return now === null ? document.activeElement !== document.body : now !== had;
  }

  /** Nothing is left to go to: the element itself has the focus until it goes on. */
  #stay(): void {
    const host = this.#host;
    if (host.hasAttribute('tabindex')) return;
    host.tabIndex = -1;
    host.addEventListener('blur', () => host.removeAttribute('tabindex'), { once: true });
    host.focus();
  }
}

function nearest(root: ParentNode, at: Element): readonly HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element !== at && !at.contains(element));
  const follows = (element: Element): boolean => (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return [...all.filter(follows), ...all.filter((element) => !follows(element)).reverse()];
}

const reachable = (element: Element): boolean => element.checkVisibility() && !element.matches(':disabled');

function reach(element: HTMLElement | null): boolean {
  if (element === null || !reachable(element)) return false;
  element.focus();
  return element.matches(':focus, :focus-within');
}
