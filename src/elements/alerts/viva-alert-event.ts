import type { Alert } from '../../pipelines/alert-store.ts';

/** An alert is about to pop up: cancelled, it does not, and is in the list alone. */
export class VivaAlertEvent extends Event {
  /** Times are Unix ms of the picture's clock; `arrivedMs` is when this page was told. */
  readonly alert: Alert;

  constructor(alert: Alert) {
    super('viva-alert', { bubbles: true, composed: true, cancelable: true });
    this.alert = alert;
  }
}

declare global {
  interface HTMLElementEventMap {
    'viva-alert': VivaAlertEvent;
  }
}
