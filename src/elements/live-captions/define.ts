import '../caption-rows/define.ts';
import { VivaLiveCaptions } from './live-captions.ts';

if (customElements.get('viva-live-captions') === undefined) customElements.define('viva-live-captions', VivaLiveCaptions);

declare global {
  interface HTMLElementTagNameMap {
    'viva-live-captions': VivaLiveCaptions;
  }
}
