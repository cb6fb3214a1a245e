import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TaskList } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { placed } from '../player/placed.ts';
import { statusStyles } from '../tasks/status.styles.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { ListViewport } from './list-viewport.ts';
import { rowAfterKey, type RowWindow } from './list-window.ts';
import { taskListStyles } from './task-list.styles.ts';
import { taskRow } from './task-row.ts';

/** What is asked for while somebody scrolls by would never be seen, ms. */
const SETTLED_MS = 90;

/**
 * A list of any length of which only what is seen is in the document. Arrows, Page, Home and End move in it, Enter chooses.
 *
 * @fires choose - `detail`: id of the task that is chosen
 * @fires look - `detail`: `{first, end}`, the places that are seen
 * @csspart list - The list
 * @csspart row - One task
 */
export class VivaTaskList extends LitElement {
  static override styles = [tokens, controlStyles, statusStyles, taskListStyles];
  static override properties: PropertyDeclarations = {
    list: { attribute: false },
    selected: { attribute: false },
    leaving: { attribute: false },
    words: { attribute: false },
    shown: { state: true },
    at: { state: true },
  };

  declare list: TaskList;
  /** Id of the task that is looked at. */
  declare selected: string | null;
  /** Those that are about to be deleted, and those of which the service was asked it. */
  declare leaving: ReadonlyMap<string, 'soon' | 'now'>;
  declare words: Partial<TaskWords>;
  declare shown: RowWindow;
  /** The row that has, or gets, the focus. */
  declare at: number;

  readonly #viewport = new ListViewport(this, () => {
    this.#follow();
    this.requestUpdate();
  });
  #looking: ReturnType<typeof setTimeout> | undefined;
  #focusWanted = false;
  /** Where to be once there are that many rows. */
  #goal: number | null = null;

  constructor() {
    super();
    this.list = { total: 0, items: new Map() };
    this.selected = null;
    this.leaving = new Map();
    this.words = {};
    this.shown = { first: 0, end: 0 };
    this.at = 0;
  }

  /** The first row that is seen, from 0. */
  get row(): number {
    return this.#viewport.row;
  }

  /** Goes there, as soon as there is such a row. */
  goTo(row: number): void {
    this.#goal = row;
    this.at = row;
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#looking);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('list')) return;
    this.at = Math.min(this.at, Math.max(0, this.list.total - 1));
    this.shown = this.#viewport.window(this.list.total);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#goal !== null && this.list.total > 0 && this.#viewport.visible) {
      this.#viewport.begin(Math.min(this.#goal, this.list.total - 1));
      this.#goal = null;
      this.#follow();
    }
    if (this.#focusWanted) {
      this.#focusWanted = false;
      this.renderRoot.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus({ preventScroll: true });
    }
    // Also after a change of the list: what was known of these places may not be any more.
    if (changed.has('shown') || (changed.has('list') && !this.#known)) this.#look();
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    const { total, items } = this.list;
    return html`<div
      part="list"
      class="list"
      role=${total === 0 ? nothing : 'listbox'}
      aria-label=${total === 0 ? nothing : words.tasks}
      @scroll=${this.#follow}
      @keydown=${this.#key}
      @focusin=${this.#focused}
    >
      <div role="none" class="all" ${placed({ '--_all': `${total * this.#viewport.rowPx}px` })}>
        ${repeat(
          this.#places(),
          (place) => place,
          (place) =>
            taskRow({
              words,
              place,
              total,
              task: items.get(place) ?? null,
              topPx: place * this.#viewport.rowPx,
              selected: this.selected,
              leaving: this.leaving,
              focusable: place === this.at,
              choose: this.#choose,
            }),
        )}
      </div>
    </div>`;
  }

  /** Those that are seen, and the one with the focus wherever it is: what has the focus must not leave the document. */
  #places(): readonly number[] {
    const { first, end } = this.shown;
    const places = Array.from({ length: end - first }, (_, index) => first + index);
    if (this.at >= this.list.total || (this.at >= first && this.at < end)) return places;
    return this.at < first ? [this.at, ...places] : [...places, this.at];
  }

  /** Of everything that is seen it is known what it is. */
  get #known(): boolean {
    const { first, end } = this.shown;
    for (let place = first; place < end; place++) if (!this.list.items.has(place)) return false;
    return true;
  }

  readonly #follow = (): void => {
    const { first, end } = this.#viewport.window(this.list.total);
    if (first !== this.shown.first || end !== this.shown.end) this.shown = { first, end };
    // Tab leads to what is seen, not back to where somebody was once.
    if ((this.at < first || this.at >= end) && !this.matches(':focus-within')) this.at = Math.min(this.row, end - 1);
  };

  #look(): void {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => {
      if (this.list.total > 0) this.dispatchEvent(new CustomEvent('look', { detail: this.shown }));
    }, SETTLED_MS);
  }

  readonly #choose = (place: number): void => {
    this.at = place;
    const task = this.list.items.get(place);
    if (task !== undefined) this.dispatchEvent(new CustomEvent('choose', { detail: task.id }));
  };

  readonly #focused = ({ target }: Event): void => {
    const place = target instanceof Element ? target.getAttribute('aria-posinset') : null;
    if (place !== null) this.at = Number(place) - 1;
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || this.list.total === 0) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(this.at);
      return;
    }
    const to = rowAfterKey(event.key, this.at, this.list.total, this.#viewport.rows);
    if (to === null) return;
    event.preventDefault();
    this.at = to;
    this.#focusWanted = true;
    this.#viewport.reveal(to);
    this.#follow();
  };
}
