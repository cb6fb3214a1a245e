import '../announcer/define.ts';
import { VivaCaptions } from './captions.ts';

if (customElements.get('viva-captions') === undefined) customElements.define('viva-captions', VivaCaptions);

declare global {
  interface HTMLElementTagNameMap {
    'viva-captions': VivaCaptions;
  }
}
