import { VivaDeviceNews } from './device-news.ts';

if (customElements.get('viva-device-news') === undefined) customElements.define('viva-device-news', VivaDeviceNews);

declare global {
  interface HTMLElementTagNameMap {
    'viva-device-news': VivaDeviceNews;
  }
}
