import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TaskStats, TaskStatus } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { statusSigns } from '../tasks/status-signs.ts';
import { statusStyles } from '../tasks/status.styles.ts';
import { statuses } from '../tasks/task-hash.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { shares } from './shares.ts';
import { taskCountsStyles } from './task-counts.styles.ts';

/**
 * How many tasks there are of each status, as numbers and as a bar; pressing a number asks for those alone.
 *
 * @fires choose - `detail`: the status that is asked for, null = all
 * @csspart counts - The numbers
 * @csspart chart - The bar
 */
export class VivaTaskCounts extends LitElement {
  static override styles = [tokens, controlStyles, statusStyles, taskCountsStyles];
  static override properties: PropertyDeclarations = {
    stats: { attribute: false },
    chosen: { attribute: false },
    words: { attribute: false },
  };

  /** Null: not told yet. */
  declare stats: TaskStats | null;
  declare chosen: TaskStatus | null;
  declare words: Partial<TaskWords>;

  constructor() {
    super();
    this.stats = null;
    this.chosen = null;
    this.words = {};
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    return html`<div part="counts" class="counts" role="group" aria-label=${words.tasksCounts}>
        ${this.#count(words.tasksAll, null, this.stats?.total ?? null)}
        ${statuses.map((status) => this.#count(words[`taskStatus-${status}`], status, this.stats?.[status] ?? null))}
      </div>
      ${this.#chart()}`;
  }

  #count(label: string, status: TaskStatus | null, count: number | null) {
    const choose = (): void => {
      this.dispatchEvent(new CustomEvent('choose', { detail: status }));
    };
    return html`<button class=${status ?? 'all'} aria-pressed=${status === this.chosen ? 'true' : 'false'} @click=${choose}>
      <span class="number">${count === null ? '–' : count.toLocaleString()}</span>
      <span class="status">${status === null ? nothing : statusSigns[status]}${label}</span>
    </button>`;
  }

  /** The same as the numbers say, for the eye. Each bar is a picture of its own: lit's `svg` would come into the launcher. */
  #chart() {
    const parts = this.stats === null ? [] : shares(this.stats);
    return html`<svg part="chart" class="chart" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      ${parts.map(({ status, from, width }, index) => html`<svg x=${from} width=${index === parts.length - 1 ? width : width - 0.4} height="4"><rect class=${status} width="100%" height="4" /></svg>`)}
    </svg>`;
  }
}
