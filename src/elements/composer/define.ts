import { VivaComposer } from './composer.ts';

if (customElements.get('viva-composer') === undefined) customElements.define('viva-composer', VivaComposer);

declare global {
  interface HTMLElementTagNameMap {
    'viva-composer': VivaComposer;
  }
}
