import { AssistantError } from '../../shared/errors.ts';

/** Marks by which the assistant names things of the page again: `e1`, `e2`, … The page's own elements are not held on to. */
export class PageMap {
  readonly #marks = new WeakMap<Element, string>();
  readonly #elements = new Map<string, WeakRef<Element>>();
  #count = 0;

  mark(element: Element): string {
    const known = this.#marks.get(element);
    if (known !== undefined) return known;
    const mark = `e${++this.#count}`;
    this.#marks.set(element, mark);
    this.#elements.set(mark, new WeakRef(element));
    return mark;
  }

  /** The element of a mark. Throws `tool-failed` (field `element`) when there never was one, or when it has left the page since. */
  find(mark: unknown): Element {
    const element = typeof mark === 'string' ? this.#elements.get(mark)?.deref() : undefined;
    if (element?.isConnected === true) return element;
    throw new AssistantError('tool-failed', `there is no ${String(mark)} on the page: read it again`, { field: 'element' });
  }
}
