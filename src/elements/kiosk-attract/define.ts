import { VivaKioskAttract } from './kiosk-attract.ts';

if (customElements.get('viva-kiosk-attract') === undefined) customElements.define('viva-kiosk-attract', VivaKioskAttract);

declare global {
  interface HTMLElementTagNameMap {
    'viva-kiosk-attract': VivaKioskAttract;
  }
}
