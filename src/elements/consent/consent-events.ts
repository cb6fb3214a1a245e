/** The visitor agreed to talk with the assistant, declined, or withdrew what was agreed to. */
export class VivaConsentEvent extends Event {
  constructor(readonly granted: boolean) {
    super('viva-consent', { bubbles: true, composed: true });
  }
}

export interface VivaConsentEventMap {
  'viva-consent': VivaConsentEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is how listeners learn the types
  interface GlobalEventHandlersEventMap extends VivaConsentEventMap {}
}
