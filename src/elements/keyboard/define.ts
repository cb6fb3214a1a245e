import { VivaKeyboard } from './keyboard.ts';

if (customElements.get('viva-keyboard') === undefined) customElements.define('viva-keyboard', VivaKeyboard);

declare global {
  interface HTMLElementTagNameMap {
    'viva-keyboard': VivaKeyboard;
  }
}
