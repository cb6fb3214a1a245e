import { VivaKioskIdle } from './kiosk-idle.ts';

if (customElements.get('viva-kiosk-idle') === undefined) customElements.define('viva-kiosk-idle', VivaKioskIdle);

declare global {
  interface HTMLElementTagNameMap {
    'viva-kiosk-idle': VivaKioskIdle;
  }
}
