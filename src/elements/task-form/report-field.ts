import { html } from 'lit';
import type { TaskWords } from '../tasks/task-strings.ts';

/** The report of an event of the past, with a preview. */
export function reportField(words: TaskWords, report: string, type: (report: string) => void) {
  return html`<div class="field">
    <label>
      <span>${words.formReport}</span>
      <textarea
        name="report"
        required
        maxlength="400000"
        dir="auto"
        .value=${report}
        @input=${(event: Event) => type((event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>
    <details>
      <summary>${words.formReportPreview}</summary>
      <div class="preview" tabindex="0" role="region" aria-label=${words.formReportPreview}>
        <viva-task-report .markdown=${report} .words=${words} heading-level="3"></viva-task-report>
      </div>
    </details>
  </div>`;
}
