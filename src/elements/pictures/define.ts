import { VivaPictures } from './pictures.ts';

if (customElements.get('viva-pictures') === undefined) customElements.define('viva-pictures', VivaPictures);

declare global {
  interface HTMLElementTagNameMap {
    'viva-pictures': VivaPictures;
  }
}
