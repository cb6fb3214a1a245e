import { VivaAlertList } from './alert-list.ts';

if (customElements.get('viva-alert-list') === undefined) customElements.define('viva-alert-list', VivaAlertList);

declare global {
  interface HTMLElementTagNameMap {
    'viva-alert-list': VivaAlertList;
  }
}
