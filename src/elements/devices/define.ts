import { VivaDevices } from './devices.ts';

if (customElements.get('viva-devices') === undefined) customElements.define('viva-devices', VivaDevices);

declare global {
  interface HTMLElementTagNameMap {
    'viva-devices': VivaDevices;
  }
}
