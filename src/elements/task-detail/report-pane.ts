import { html } from 'lit';
import type { LivestreamTask } from '../../session/tasks.ts';
import type { ImagePolicy } from '../markdown/link-policy.ts';
import { fileName, saveFile } from '../tasks/saved-file.ts';
import type { TaskWords } from '../tasks/task-strings.ts';

/** The report, and the way to keep it. */
export function reportPane(words: TaskWords, { name, report }: LivestreamTask, images: ImagePolicy) {
  if (report === null || report === '')
    return html`<p class="empty">${words.reportNone}</p>
      <p class="facts">${words.reportNoneHint}</p>`;
  return html`<viva-task-report .markdown=${report} .images=${images} .words=${words} heading-level="4"></viva-task-report>
    <div class="ways">
      <button class="outline" @click=${() => saveFile(fileName(name, 'md'), report, 'text/markdown')}>${words.reportSave}</button>
    </div>`;
}
