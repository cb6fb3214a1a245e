import { html, nothing } from 'lit';
import type { LivestreamTask } from '../../session/tasks.ts';
import { placed } from '../player/placed.ts';
import { statusSigns } from '../tasks/status-signs.ts';
import type { TaskWords } from '../tasks/task-strings.ts';
import { isoText, momentText } from '../tasks/times.ts';

/** One task of the list; its place alone while nothing is known of it. */

export interface TaskRow {
  readonly words: TaskWords;
  readonly place: number;
  readonly total: number;
  readonly task: LivestreamTask | null;
  readonly topPx: number;
  readonly selected: string | null;
  readonly leaving: ReadonlyMap<string, 'soon' | 'now'>;
  readonly focusable: boolean;
  readonly choose: (place: number) => void;
}

export function taskRow({ words, place, total, task, topPx, selected, leaving, focusable, choose }: TaskRow) {
  const going = task === null ? undefined : leaving.get(task.id);
  return html`<div
    part="row"
    class="row ${going === undefined ? '' : 'going'}"
    role="option"
    tabindex=${focusable ? '0' : '-1'}
    aria-setsize=${total}
    aria-posinset=${place + 1}
    aria-selected=${task !== null && task.id === selected ? 'true' : 'false'}
    aria-busy=${task === null ? 'true' : nothing}
    @click=${() => choose(place)}
    ${placed({ '--_top': `${topPx}px` })}
  >
    ${task === null ? unknown(words) : known(words, task, going)}
  </div>`;
}

const letters = new Intl.Segmenter();

/** Stands where there is no cover. */
const initial = (name: string): string =>
  letters.segment(name.trim())[Symbol.iterator]().next().value?.segment.toLocaleUpperCase() ?? '';

const unknown = (words: TaskWords) =>
  html`<span class="bones" aria-hidden="true"></span><span class="unseen">${words.taskRowLoading}</span>`;

function known(words: TaskWords, task: LivestreamTask, going: 'soon' | 'now' | undefined) {
  const { status, name, hostName, startMs, image } = task;
  return html`<span class="cover"
      >${image === null ? html`<span aria-hidden="true">${initial(name)}</span>` : html`<img src=${image} alt="" decoding="async" loading="lazy" />`}</span
    >
    <bdi class="name">${name}</bdi>
    <span class="status ${status}">${statusSigns[status]}${words[`taskStatus-${status}`]}</span>
    <span class="facts">
      ${
        going === undefined
          ? html`${hostName === null ? nothing : html`<bdi>${hostName}</bdi> · `}<time datetime=${isoText(startMs)}
                >${momentText(startMs)}</time
              >`
          : going === 'soon'
            ? words.taskRowLeaving
            : words.taskRowRemoving
      }
    </span>`;
}
