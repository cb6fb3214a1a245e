import { VivaAlertToasts } from './alert-toasts.ts';

if (customElements.get('viva-alert-toasts') === undefined) customElements.define('viva-alert-toasts', VivaAlertToasts);

declare global {
  interface HTMLElementTagNameMap {
    'viva-alert-toasts': VivaAlertToasts;
  }
}
