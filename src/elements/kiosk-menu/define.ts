import { VivaKioskMenu } from './kiosk-menu.ts';

if (customElements.get('viva-kiosk-menu') === undefined) customElements.define('viva-kiosk-menu', VivaKioskMenu);

declare global {
  interface HTMLElementTagNameMap {
    'viva-kiosk-menu': VivaKioskMenu;
  }
}
