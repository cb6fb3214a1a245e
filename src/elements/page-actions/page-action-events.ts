import type { ActionName } from './action-names.ts';

/** The assistant is about to do something on the page; cancel it to forbid it. */
export class VivaPageActionEvent extends Event {
  constructor(
    readonly action: ActionName,
    /** What is acted on; null for reading the page and for opening an address. */
    readonly element: Element | null,
    /** The accessible name of the element, or the address. */
    readonly name: string,
  ) {
    super('viva-page-action', { bubbles: true, composed: true, cancelable: true });
  }
}
