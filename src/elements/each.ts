import { noChange } from 'lit';
import { directive, Directive, PartType, type ChildPart, type PartInfo } from 'lit/directive.js';
import { insertPart, removePart, setChildPartValue, setCommittedValue } from 'lit/directive-helpers.js';

/**
 * A list whose items keep their nodes by key, for lists that live for days: `repeat` of lit-html 3.3 leaves a comment behind for every item
 * that goes (its `removePart` forgets the end marker), here nothing is left.
 */
class Each extends Directive {
  #parts = new Map<unknown, ChildPart>();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.CHILD) throw new Error('each is for children of an element');
  }

  render<T>(items: Iterable<T>, _key: (item: T) => unknown, template: (item: T, index: number) => unknown): unknown {
    return Array.from(items, template);
  }

  override update<T>(
    container: ChildPart,
    [items, key, template]: [Iterable<T>, (item: T) => unknown, (item: T, index: number) => unknown],
  ) {
    const wanted = new Map<unknown, unknown>();
    let index = 0;
    for (const item of items) wanted.set(key(item), template(item, index++));
    for (const [known, part] of this.#parts) {
      if (wanted.has(known)) continue;
      this.#parts.delete(known);
      const end = part.endNode;
      removePart(part);
      end?.parentNode?.removeChild(end);
    }
    // From the end, so that what a part stands before is in its place already.
    const parts = new Map<unknown, ChildPart>();
    let next: ChildPart | undefined;
    for (const [known, value] of [...wanted].reverse()) {
      let part = this.#parts.get(known);
      const before = next === undefined ? container.endNode : next.startNode;
      if (part === undefined) part = insertPart(container, next);
      else if (part.endNode?.nextSibling !== before) insertPart(container, next, part);
      setChildPartValue(part, value);
      parts.set(known, part);
      next = part;
    }
    this.#parts = parts;
    setCommittedValue(container, [...parts.values()]);
    return noChange;
  }
}

export const each = directive(Each) as <T>(
  items: Iterable<T>,
  key: (item: T) => unknown,
  template: (item: T, index: number) => unknown,
) => unknown;
