import { VivaControls } from './controls.ts';

if (customElements.get('viva-controls') === undefined) customElements.define('viva-controls', VivaControls);

declare global {
  interface HTMLElementTagNameMap {
    'viva-controls': VivaControls;
  }
}
