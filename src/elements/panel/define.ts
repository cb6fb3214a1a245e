import '../composer/define.ts';
import '../controls/define.ts';
import '../status/define.ts';
import { VivaPanel } from './panel.ts';

if (customElements.get('viva-panel') === undefined) customElements.define('viva-panel', VivaPanel);

declare global {
  interface HTMLElementTagNameMap {
    'viva-panel': VivaPanel;
  }
}
