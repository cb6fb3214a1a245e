import { html, nothing } from 'lit';
import type { TaskProgress } from '../../session/tasks.ts';
import { fill } from '../strings.ts';
import type { TaskWords } from '../tasks/task-strings.ts';

/** How far the analysis is, step by step. */

const steps = ['join', 'frames', 'read', 'hear', 'summarise'] as const;
type Step = (typeof steps)[number];

/** What is known of each step; null: this one is none of ours. Pure. */
export function stepsDone(progress: TaskProgress): readonly { readonly step: Step; readonly percentage: number }[] | null {
  const at = steps.findIndex((step) => step === progress.step);
  if (at === -1) return null;
  const percentage = Math.round(Math.min(100, Math.max(0, progress.percentage)));
  return steps.map((step, index) => ({ step, percentage: index < at ? 100 : index === at ? percentage : 0 }));
}

export function analysisSteps(words: TaskWords, progress: TaskProgress | null) {
  if (progress === null) return nothing;
  const all = stepsDone(progress);
  if (all === null)
    return html`<section part="steps" class="steps" aria-label=${words.taskSteps}>
      <label class="progress"><span>${progress.step}</span><progress max="100" .value=${progress.percentage}></progress></label>
    </section>`;
  return html`<section part="steps" class="steps" aria-label=${words.taskSteps}>
    <ol>
      ${all.map(({ step, percentage }) => {
        const now = step === progress.step;
        const done = percentage === 100;
        const word = done ? words.taskStepDone : now ? fill(words.taskStepNow, { percentage }) : words.taskStepLater;
        return html`<li class=${done ? 'done' : now ? 'now' : ''} aria-current=${now ? 'step' : nothing}>
          <span>${words[`taskStep-${step}`]}</span> <span class="word">${word}</span>
          <progress max="100" .value=${percentage} aria-label=${words[`taskStep-${step}`]}></progress>
        </li>`;
      })}
    </ol>
  </section>`;
}
