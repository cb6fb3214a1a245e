import { html } from 'lit';
import { counted } from '../counted.ts';
import type { TaskQuery } from '../../session/tasks.ts';
import { LONGEST_SEARCH, sorts } from './task-hash.ts';
import type { TaskWords } from './task-strings.ts';

/** Search and order of the list. */

export interface Toolbar {
  readonly words: TaskWords;
  readonly query: TaskQuery;
  /** Null: not known. */
  readonly found: number | null;
  /** While somebody types. */
  readonly search: (text: string) => void;
  readonly sort: (change: Partial<TaskQuery>) => void;
}

export function toolbar({ words, query, found, search, sort }: Toolbar) {
  const rising = query.order === 'asc';
  return html`<form part="tools" class="tools" role="search" @submit=${(event: Event) => event.preventDefault()}>
    <label>
      <span class="unseen">${words.tasksSearch}</span>
      <input
        type="search"
        name="search"
        maxlength=${LONGEST_SEARCH}
        placeholder=${words.tasksSearch}
        autocomplete="off"
        dir="auto"
        .value=${query.search}
        @input=${(event: Event) => search((event.target as HTMLInputElement).value)}
      />
    </label>
    <div class="sort">
      <label>
        <span>${words.tasksSort}</span>
        <select
          name="sort"
          @change=${(event: Event) => sort({ sortBy: sorts[(event.target as HTMLSelectElement).selectedIndex] ?? query.sortBy })}
        >
          ${sorts.map((each) => html`<option .selected=${each === query.sortBy}>${words[`taskSort-${each}`]}</option>`)}
        </select>
      </label>
      <button
        type="button"
        class="icon outline"
        aria-label=${rising ? words.tasksAscending : words.tasksDescending}
        title=${rising ? words.tasksAscending : words.tasksDescending}
        @click=${() => sort({ order: rising ? 'desc' : 'asc' })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${rising ? 'M12 19V5M6 11l6-6 6 6' : 'M12 5v14M6 13l6 6 6-6'} /></svg>
      </button>
      <span class="facts found"> ${found === null ? '' : counted(words, 'tasksFound', found)} </span>
    </div>
  </form>`;
}
