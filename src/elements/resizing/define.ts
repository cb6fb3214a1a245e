import { VivaResizer } from './resizer.ts';

if (customElements.get('viva-resizer') === undefined) customElements.define('viva-resizer', VivaResizer);

declare global {
  interface HTMLElementTagNameMap {
    'viva-resizer': VivaResizer;
  }
}
