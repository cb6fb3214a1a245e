import { VivaAlert } from './alert.ts';

if (customElements.get('viva-alert') === undefined) customElements.define('viva-alert', VivaAlert);

declare global {
  interface HTMLElementTagNameMap {
    'viva-alert': VivaAlert;
  }
}
