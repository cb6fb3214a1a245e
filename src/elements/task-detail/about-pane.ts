import { html, nothing } from 'lit';
import type { LivestreamTask } from '../../session/tasks.ts';
import { linkAddress } from '../markdown/link-policy.ts';
import type { TaskWords } from '../tasks/task-strings.ts';
import { isoText, momentText } from '../tasks/times.ts';

/** The plain facts of a task, its cover and the prompt that its report is written by. */
export function aboutPane(words: TaskWords, task: LivestreamTask) {
  const { url, entity, hostName, liveId, createdMs, updatedMs, startMs, promptContent, image } = task;
  const fact = (label: string, value: unknown) =>
    value === null
      ? nothing
      : html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`;
  const time = (ms: number) => html`<time datetime=${isoText(ms)}>${momentText(ms)}</time>`;
  const address = linkAddress(url, document.baseURI);
  return html`${image === null ? nothing : html`<img class="cover" src=${image} alt=${words.formImage} />`}
    <dl>
      ${fact(
        words.taskUrl,
        address === null
          ? html`<bdi dir="ltr">${url}</bdi>`
          : html`<a href=${address} target="_blank" rel="noopener noreferrer" dir="ltr">${url}</a>`,
      )}
      ${fact(words.taskHost, hostName === null ? null : html`<bdi>${hostName}</bdi>`)}
      ${fact(words.taskEntity, entity === null ? null : html`<bdi>${entity}</bdi>`)} ${fact(words.formStarts, time(startMs))}
      ${fact(words.taskLiveId, liveId === null ? null : html`<bdi dir="ltr">${liveId}</bdi>`)}
      ${fact(words.taskCreated, time(createdMs))} ${fact(words.taskUpdated, time(updatedMs))}
    </dl>
    ${
      promptContent === ''
        ? nothing
        : html`<details open>
            <summary>${words.promptUsed}</summary>
            <viva-task-report .markdown=${promptContent} .words=${words} images="none" heading-level="4"></viva-task-report>
          </details>`
    }`;
}
