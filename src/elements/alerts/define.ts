import '../alert-list/define.ts';
import '../alert-toasts/define.ts';
import { VivaAlerts } from './alerts.ts';

if (customElements.get('viva-alerts') === undefined) customElements.define('viva-alerts', VivaAlerts);

declare global {
  interface HTMLElementTagNameMap {
    'viva-alerts': VivaAlerts;
  }
}
