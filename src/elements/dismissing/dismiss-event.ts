/** A visitor sends the launcher away (cancel it to keep the launcher), or takes that back. */
export class VivaDismissEvent extends Event {
  constructor(readonly dismissed: boolean) {
    super('viva-dismiss', { bubbles: true, composed: true, cancelable: true });
  }
}

export interface VivaDismissEventMap {
  'viva-dismiss': VivaDismissEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is how listeners learn the types
  interface GlobalEventHandlersEventMap extends VivaDismissEventMap {}
}
