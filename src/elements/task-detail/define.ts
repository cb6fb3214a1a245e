import { VivaTaskDetail } from './task-detail.ts';

if (customElements.get('viva-task-detail') === undefined) customElements.define('viva-task-detail', VivaTaskDetail);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-detail': VivaTaskDetail;
  }
}
