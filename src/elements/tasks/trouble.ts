import { html, nothing } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import { wayOut, type TaskWords } from './task-strings.ts';

/** What failed, and what can be done about it. */

const REFUSED: readonly ErrorFacts['code'][] = ['token-refused', 'origin-refused'];
const AWAY: readonly ErrorFacts['code'][] = ['offline', 'socket-refused', 'socket-closed'];

const closedSign = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
  <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2" />
</svg>`;
const awaySign = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M3 9a14 14 0 0 1 18 0M6.5 12.7a9 9 0 0 1 11 0M10 16.3a3.6 3.6 0 0 1 4 0M4 4l16 16" />
</svg>`;
const faultSign = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5 21.5 20h-19ZM12 10v4.5M12 17v.2" /></svg>`;

/** Nothing can be shown. */
export function wholeTrouble(words: TaskWords, facts: ErrorFacts, again: () => void) {
  const refused = REFUSED.includes(facts.code);
  const away = AWAY.includes(facts.code);
  return html`<div part="alert" class="whole" role="alert">
    ${refused ? closedSign : away ? awaySign : faultSign}
    <h3>${refused ? words.tasksForbidden : away ? words.tasksOffline : words.tasksError}</h3>
    <p>${wayOut(facts.code) ?? facts.message}</p>
    <p class="facts"><bdi>${facts.code}</bdi>${wayOut(facts.code) === null ? nothing : html` · <bdi>${facts.message}</bdi>`}</p>
    <button class="solid" @click=${again}>${words.tasksRetry}</button>
  </div>`;
}

/** Something failed; what is there stays. */
export function smallTrouble(facts: ErrorFacts | null, label: string, press: () => void) {
  if (facts === null) return nothing;
  return html`<div part="alert" class="trouble">
    <p>${facts.message}</p>
    <p class="facts">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
    <button class="outline" @click=${press}>${label}</button>
  </div>`;
}

/** There is nothing, or nothing fits. */
export function noTasks(words: TaskWords, narrowed: boolean, press: () => void) {
  return html`<div class="whole none">
    <h3>${narrowed ? words.tasksNothing : words.tasksNone}</h3>
    <p>${narrowed ? words.tasksNothingHint : words.tasksNoneHint}</p>
    <button class=${narrowed ? 'outline' : 'solid'} @click=${press}>${narrowed ? words.tasksShowAll : words.tasksNew}</button>
  </div>`;
}
