import { VivaMetrics } from './metrics.ts';

if (customElements.get('viva-metrics') === undefined) customElements.define('viva-metrics', VivaMetrics);

declare global {
  interface HTMLElementTagNameMap {
    'viva-metrics': VivaMetrics;
  }
}
