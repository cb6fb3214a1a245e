import { VivaDeviceTest } from './device-test.ts';

if (customElements.get('viva-device-test') === undefined) customElements.define('viva-device-test', VivaDeviceTest);

declare global {
  interface HTMLElementTagNameMap {
    'viva-device-test': VivaDeviceTest;
  }
}
