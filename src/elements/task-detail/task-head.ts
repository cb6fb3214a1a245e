import { html, nothing } from 'lit';
import type { LivestreamTask } from '../../session/tasks.ts';
import { statusSigns } from '../tasks/status-signs.ts';
import type { TaskWords } from '../tasks/task-strings.ts';
import { isoText, momentText } from '../tasks/times.ts';
import type { TaskDetailState } from './task-detail.ts';

/** The task that is looked at: what it is, how it does, and what can be asked of it. */

export type TaskAct = 'listen' | 'stop' | 'analyse' | 'delete' | 'keep' | 'print' | 'back';

export interface TaskHead {
  readonly words: TaskWords;
  readonly task: LivestreamTask;
  readonly state: TaskDetailState;
  readonly act: (act: TaskAct) => void;
}

export function taskHead({ words, task, state, act }: TaskHead) {
  const { name, status, hostName, startMs } = task;
  const watched = status === 'listening' || status === 'recording';
  const analysed = status === 'completed' || status === 'failed';
  const soon = state.leaving === 'soon';
  // One place and one shape for what takes turns, so that a button keeps the focus when it becomes the other one; one that waits keeps it too.
  const button = (what: TaskAct, label: string, kind = 'outline') =>
    html`<button
      class=${kind}
      aria-disabled=${state.busy.has(what)}
      @click=${() => (state.busy.has(what) ? undefined : act(what))}
    >
      ${label}
    </button>`;
  return html`<header part="head">
    <button class="plain back" @click=${() => act('back')}>${words.tasksBack}</button>
    <div class="title">
      <h3 id="title"><bdi>${name}</bdi></h3>
      <p class="facts">
        <span class="status ${status}">${statusSigns[status]}${words[`taskStatus-${status}`]}</span>
        ${hostName === null ? nothing : html`<bdi>${hostName}</bdi>`}
        <time datetime=${isoText(startMs)}>${momentText(startMs)}</time>
      </p>
    </div>
    <div class="ways">
      ${
        watched
          ? button('stop', words.taskStopListening)
          : status === 'processing'
            ? nothing
            : button('listen', words.taskListen, analysed ? 'outline' : 'solid')
      }
      ${analysed ? button('analyse', words.taskAnalyse) : nothing}
      ${task.report === null ? nothing : button('print', words.taskPrint)}
      ${soon ? button('keep', words.taskUndo, 'solid') : button('delete', words.taskDelete)}
    </div>
    ${state.leaving === null ? nothing : html`<p class="facts">${state.leaving === 'soon' ? words.taskRowLeaving : words.taskRowRemoving}</p>`}
  </header>`;
}
