import { VivaTaskManuscript } from './task-manuscript.ts';

if (customElements.get('viva-task-manuscript') === undefined) customElements.define('viva-task-manuscript', VivaTaskManuscript);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-manuscript': VivaTaskManuscript;
  }
}
