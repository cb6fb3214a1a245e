import { VivaKioskKeeper } from './kiosk-keeper.ts';

if (customElements.get('viva-kiosk-keeper') === undefined) customElements.define('viva-kiosk-keeper', VivaKioskKeeper);

declare global {
  interface HTMLElementTagNameMap {
    'viva-kiosk-keeper': VivaKioskKeeper;
  }
}
