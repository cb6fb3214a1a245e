import { VivaTaskLog } from './task-log.ts';

if (customElements.get('viva-task-log') === undefined) customElements.define('viva-task-log', VivaTaskLog);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-log': VivaTaskLog;
  }
}
