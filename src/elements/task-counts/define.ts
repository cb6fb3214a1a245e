import { VivaTaskCounts } from './task-counts.ts';

if (customElements.get('viva-task-counts') === undefined) customElements.define('viva-task-counts', VivaTaskCounts);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-counts': VivaTaskCounts;
  }
}
