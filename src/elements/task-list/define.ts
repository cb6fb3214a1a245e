import { VivaTaskList } from './task-list.ts';

if (customElements.get('viva-task-list') === undefined) customElements.define('viva-task-list', VivaTaskList);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-list': VivaTaskList;
  }
}
