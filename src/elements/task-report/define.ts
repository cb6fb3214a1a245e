import { VivaTaskReport } from './task-report.ts';

if (customElements.get('viva-task-report') === undefined) customElements.define('viva-task-report', VivaTaskReport);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-report': VivaTaskReport;
  }
}
