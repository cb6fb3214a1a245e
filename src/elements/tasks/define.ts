import '../task-counts/define.ts';
import '../task-list/define.ts';
import { VivaTasks } from './tasks.ts';

if (customElements.get('viva-tasks') === undefined) customElements.define('viva-tasks', VivaTasks);

declare global {
  interface HTMLElementTagNameMap {
    'viva-tasks': VivaTasks;
  }
}
