import { VivaVisualizer } from './visualizer.ts';

if (customElements.get('viva-visualizer') === undefined) customElements.define('viva-visualizer', VivaVisualizer);

declare global {
  interface HTMLElementTagNameMap {
    'viva-visualizer': VivaVisualizer;
  }
}
