import { VivaTaskPrompts } from './task-prompts.ts';

if (customElements.get('viva-task-prompts') === undefined) customElements.define('viva-task-prompts', VivaTaskPrompts);

declare global {
  interface HTMLElementTagNameMap {
    'viva-task-prompts': VivaTaskPrompts;
  }
}
