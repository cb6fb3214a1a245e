import { html, nothing, type PropertyValues } from 'lit';
import type { TasksDesk, TaskStatus } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import type { Strings } from '../english.ts';
import { KeptFocus } from '../kept-focus.ts';
import { Localized } from '../localized.ts';
import type { TaskAct } from '../task-detail/task-head.ts';
import type { RowWindow } from '../task-list/list-window.ts';
import type { VivaTaskList } from '../task-list/task-list.ts';
import { tokens } from '../tokens.styles.ts';
import { formStyles } from './form.styles.ts';
import { noteStyles } from './notes.styles.ts';
import { printAlone } from './printing.ts';
import { Sheets } from './sheets.ts';
import type { TaskView } from './task-hash.ts';
import { TaskProperties } from './task-properties.ts';
import { taskStrings, type TaskWords } from './task-strings.ts';
import { tasksStyles } from './tasks.styles.ts';
import { toolbar } from './toolbar.ts';
import { noTasks, smallTrouble, wholeTrouble } from './trouble.ts';
import { undoBar } from './undo-bar.ts';
import { Workbench, type Bench } from './workbench.ts';

/**
 * Livestream tasks: watch a live room, record it, read the report. How many there are of each status, all of them with search and order, and
 * one with its picture, report, manuscript and log. What is looked at stands in the page's address.
 *
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with a token
 * @attr color-scheme - `auto`, `light` or `dark`
 * @attr nohash - What is looked at is not kept in the page's address (where two are on a page)
 * @attr undo-seconds - How long a deletion can be undone; default 10
 * @attr report-images - Pictures in reports: `own` (this origin and `data:`, default), `all` (any https) or `none`
 * @fires {VivaErrorEvent} viva-error
 * @fires {VivaTaskSelectEvent} viva-task-select - Another task is looked at
 * @fires {VivaTaskChangeEvent} viva-task-change - A task was created, changed or deleted
 * @csspart frame - The whole
 * @csspart tools - Search and order
 * @csspart detail - The chosen task
 * @csspart sheet - What opens above: the forms and the prompts
 * @csspart undo - What is about to be deleted
 * @csspart alert - A failure
 * @cssprop --viva-tasks-height - Height of the column with the list
 * @cssprop --viva-task-log-height - Height of a task's log
 */
export class VivaTasks extends TaskProperties implements Bench {
  static override styles = [tokens, controlStyles, formStyles, noteStyles, tasksStyles];

  readonly #bench = new Workbench(this);
  readonly #sheets = new Sheets(this, this.#bench);
  readonly #locale = new Localized(this, 'media');
  #localized: Partial<Strings> = {};
  #words: TaskWords = taskStrings;
  /** Where the list shall be once there is one. */
  #row: number | null = null;

  constructor() {
    super();
    new KeptFocus(this);
  }

  /** The words that are shown; read only. */
  get words(): TaskWords {
    return this.#words;
  }

  /** Connects to the service of tasks, as the attributes say. */
  async openDesk(): Promise<TasksDesk> {
    const { endpoint, tokenUrl, tokenProvider } = this;
    const connect = this.connect ?? (await import('../viva-voce/task-edges.ts')).connectTasks;
    return connect({ endpoint, tokenUrl, tokenProvider });
  }

  /** Scrolls the list to this row, 0 = the first. */
  toRow(row: number): void {
    this.#row = row;
    this.requestUpdate();
  }

  /** Moves the focus to the list. */
  focusList(): void {
    if (this.renderRoot.querySelector('.detail')?.matches(':focus-within') !== true) return;
    void this.updateComplete.then(() => this.#list?.focus());
  }

  /** Where there is room for one thing alone, the list is gone with what had the focus. */
  focusDetail(): void {
    void this.updateComplete.then(() => {
      if (this.#list?.checkVisibility() === false) this.renderRoot.querySelector<HTMLElement>('.detail')?.focus();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const making = ['endpoint', 'tokenUrl', 'tokenProvider', 'connect'] as const;
    const { link, place } = this.#bench;
    if (this.hasUpdated && link.desk !== null && making.some((name) => changed.has(name))) link.again();
    if (changed.has('strings') || this.#locale.words !== this.#localized) {
      this.#localized = this.#locale.words;
      this.#words = { ...taskStrings, ...this.#localized, ...this.strings };
    }
    if (place.task !== null) void import('../task-detail/define.ts');
  }

  protected override updated(): void {
    const list = this.#list;
    if (this.#row === null || list === null) return;
    list.goTo(this.#row);
    this.#row = null;
  }

  protected override render() {
    const { words } = this;
    const { link, work, news, deletions, place } = this.#bench;
    const { error, notice, reconnecting } = link.state;
    const failure = this.#sheets.closed ? work.failure : null;
    return html`<div
      part="frame"
      class="frame ${place.task === null ? '' : 'chosen'}"
      lang=${this.#locale.tag}
      dir=${this.#locale.dir}
    >
      ${this.#header(words)}
      <p class="unseen" role="status">${news.sentence}</p>
      <p role="status" class=${reconnecting ? 'note' : 'unseen'}>${reconnecting ? words.tasksReconnecting : ''}</p>
      <div role="alert">
        ${smallTrouble(failure, words.tasksDismiss, () => work.dismiss())}
        ${error === null ? smallTrouble(notice, words.tasksRetry, () => link.desk?.retry()) : nothing}
      </div>
      ${error === null ? this.#whole(words) : wholeTrouble(words, error, () => link.again())}
      ${undoBar(words, deletions, this.#undone)} ${this.#sheets.render(words)}
    </div>`;
  }

  /** The button that was pressed goes: the focus goes to what is seen. */
  readonly #undone = (id: string, act: 'keep' | 'now', name: string): void => {
    if (act === 'keep') this.#bench.act('keep', { id, name });
    else this.#bench.deletions.now(id);
    const list = this.#list;
    const seen = list?.checkVisibility() === true ? list : this.renderRoot.querySelector<HTMLElement>('.detail');
    seen?.focus();
  };

  get #list(): VivaTaskList | null {
    return this.renderRoot.querySelector('viva-task-list');
  }

  #header(words: TaskWords) {
    const labels = { new: words.tasksNew, past: words.tasksPast, prompts: words.tasksPrompts };
    const { phase } = this.#bench.state;
    const ready = phase === 'ready' || phase === 'loading';
    return html`<header>
      <h2>${words.tasks}</h2>
      <div class="ways">
        ${(['new', 'past', 'prompts'] as const).map(
          (sheet) =>
            html`<button
              class=${sheet === 'new' ? 'solid' : 'outline'}
              ?disabled=${!ready}
              @click=${() => this.#sheets.open(sheet)}
            >
              ${labels[sheet]}
            </button>`,
        )}
      </div>
    </header>`;
  }

  #whole(words: TaskWords) {
    const bench = this.#bench;
    const { stats, list, phase } = bench.state;
    const { query } = bench.place;
    return html`<viva-task-counts
        .stats=${stats}
        .chosen=${query.status}
        .words=${words}
        @choose=${({ detail }: CustomEvent<TaskStatus | null>) => bench.find({ status: detail })}
      ></viva-task-counts>
      <div class="both">
        <nav aria-label=${words.tasks}>
          ${toolbar({
            words,
            query,
            found: phase === 'ready' ? list.total : null,
            search: (text) => bench.typed(text),
            sort: (change) => bench.find(change),
          })}
          ${this.#rows(words)}
        </nav>
        <section part="detail" class="detail" tabindex="-1" aria-label=${words.tasksOne}>${this.#detail(words)}</section>
      </div>`;
  }

  #rows(words: TaskWords) {
    const { state, place, leaving } = this.#bench;
    const { phase, list } = state;
    if (phase !== 'ready') return html`<p role="status" class="whole">${words.tasksLoading}</p>`;
    if (list.total === 0) {
      const narrowed = place.query.status !== null || place.query.search !== '';
      return noTasks(words, narrowed, () => (narrowed ? this.#bench.findAll() : this.#sheets.open('new')));
    }
    return html`<viva-task-list
      .list=${list}
      .selected=${place.task}
      .leaving=${leaving}
      .words=${words}
      @choose=${({ detail }: CustomEvent<string>) => this.#bench.choose(detail)}
      @look=${({ detail }: CustomEvent<RowWindow>) => this.#bench.look(detail.first, detail.end, this.#list?.row ?? 0)}
    ></viva-task-list>`;
  }

  #detail(words: TaskWords) {
    const bench = this.#bench;
    const { detail, notice, list } = bench.state;
    const { task, view } = bench.place;
    if (task === null) return list.total === 0 ? nothing : html`<p class="whole">${words.tasksChoose}</p>`;
    const shown = detail?.task.id === task ? detail : null;
    if (shown === null)
      return html`<button class="plain back" @click=${() => bench.choose(null)}>${words.tasksBack}</button>
        <p role="status" class="whole">${notice === null ? words.taskLoading : words.taskGone}</p>`;
    return html`<viva-task-detail
      .detail=${shown}
      .view=${view}
      .state=${{ busy: bench.busy(task), leaving: bench.leaving.get(task) ?? null }}
      .images=${this.reportImages}
      .words=${words}
      color-scheme=${this.colorScheme}
      @act=${({ detail: act, currentTarget }: CustomEvent<TaskAct>) =>
        act === 'print' && currentTarget instanceof Element ? printAlone(currentTarget) : bench.act(act, shown.task)}
      @view=${({ detail: next }: CustomEvent<TaskView>) => bench.view(next)}
    ></viva-task-detail>`;
  }
}
