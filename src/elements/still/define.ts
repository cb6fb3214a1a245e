import { VivaStill } from './still.ts';

if (customElements.get('viva-still') === undefined) customElements.define('viva-still', VivaStill);

declare global {
  interface HTMLElementTagNameMap {
    'viva-still': VivaStill;
  }
}
