import { html, nothing } from 'lit';
import type { TaskPrompt } from '../../session/tasks.ts';
import type { TaskWords } from '../tasks/task-strings.ts';

/** Which prompt the report is written by, and what it says. The first is the one that is taken where none is chosen. */
export function promptField(words: TaskWords, prompts: readonly TaskPrompt[], chosen: string, choose: (name: string) => void) {
  const shown = prompts.find(({ name }) => name === chosen) ?? prompts[0];
  return html`<div class="field">
    <label>
      <span>${words.formPrompt}</span>
      <select name="prompt" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        <option value="" .selected=${chosen === ''}>${words.formPromptDefault}</option>
        ${prompts.map(({ name }) => html`<option value=${name} .selected=${name === chosen}>${name}</option>`)}
      </select>
    </label>
    ${
      shown === undefined
        ? nothing
        : html`<details>
            <summary>${words.formPromptPreview}</summary>
            <div class="preview" tabindex="0" role="region" aria-label=${shown.name}>
              <viva-task-report .markdown=${shown.content} .words=${words} images="none" heading-level="3"></viva-task-report>
            </div>
          </details>`
    }
  </div>`;
}
