import { VivaTaskForm } from './task-form.ts';

if (customElements.get('viva-task-form') === undefined) customElements.define('viva-task-form', VivaTaskForm);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-form': VivaTaskForm;
  }
}
