import { html, nothing } from 'lit';
import { fill } from '../strings.ts';
import type { Deletions } from './deletions.ts';
import type { TaskWords } from './task-strings.ts';

/** What is about to be deleted, and the way to keep it; its time stands still while somebody is at it. */
export function undoBar(
  words: TaskWords,
  deletions: Deletions,
  end: (taskId: string, act: 'keep' | 'now', name: string) => void,
) {
  if (deletions.all.length === 0) return nothing;
  const hold = (held: boolean) => (): void => {
    deletions.held = held;
  };
  return html`<ul
    part="undo"
    class="undo"
    @pointerenter=${hold(true)}
    @pointerleave=${hold(false)}
    @focusin=${hold(true)}
    @focusout=${hold(false)}
  >
    ${deletions.all.map(
      ({ taskId, name, left }) =>
        html`<li>
          <p>
            ${fill(words.taskDeleteSoon, { name })}
            <span class="facts" aria-hidden="true">${fill(words.taskDeleteIn, { seconds: left })}</span>
          </p>
          <div class="ways">
            <button class="solid" aria-label="${words.taskUndo}: ${name}" @click=${() => end(taskId, 'keep', name)}>
              ${words.taskUndo}
            </button>
            <button class="outline" aria-label="${words.taskDeleteNow}: ${name}" @click=${() => end(taskId, 'now', name)}>
              ${words.taskDeleteNow}
            </button>
          </div>
        </li>`,
    )}
  </ul>`;
}
