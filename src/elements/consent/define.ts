import { VivaConsent } from './consent.ts';

if (customElements.get('viva-consent') === undefined) customElements.define('viva-consent', VivaConsent);

declare global {
  interface HTMLElementTagNameMap {
    'viva-consent': VivaConsent;
  }
}
