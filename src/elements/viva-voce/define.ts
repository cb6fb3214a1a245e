import { VivaVoce } from './viva-voce.ts';

if (customElements.get('viva-voce') === undefined) customElements.define('viva-voce', VivaVoce);

declare global {
  interface HTMLElementTagNameMap {
    'viva-voce': VivaVoce;
  }
}
