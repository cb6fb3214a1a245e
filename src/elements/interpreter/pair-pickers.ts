import { html } from 'lit';
import type { InterpreterLanguages } from '../../shared/interpretation.ts';
import { sortedByName, viewerLanguage } from '../captions/language-names.ts';
import { swapIcon } from '../live-captions/icons.ts';
import type { InterpreterStrings } from './interpreter-strings.ts';
import { canSwap, heardLanguages, targetLanguages, withFrom, type Pair } from './language-choice.ts';

/** The pair of languages: two pickers, named in the viewer's own language, and what swaps them. */
export function pairPickers(
  words: InterpreterStrings,
  languages: InterpreterLanguages | null,
  pair: Pair,
  choose: (pair: Pair) => void,
  swap: () => void,
) {
  const reader = viewerLanguage();
  const chosen = (event: Event): string => (event.currentTarget as HTMLSelectElement).value;
  const option = (now: string | null) => (each: { readonly tag: string; readonly name: string }) =>
    html`<option value=${each.tag} .selected=${each.tag === now}>${each.name}</option>`;
  return html`<div part="languages" class="pair" role="group">
    <label>
      <span>${words.interpreterFrom}</span>
      <select name="from" lang=${reader} @change=${(event: Event) => choose(withFrom(languages, pair, chosen(event)))}>
        ${sortedByName(heardLanguages(languages, pair), reader).map(option(pair.from))}
      </select>
    </label>
    <button
      class="icon"
      aria-label=${words.interpreterSwap}
      title=${words.interpreterSwap}
      ?disabled=${!canSwap(languages, pair)}
      @click=${swap}
    >
      ${swapIcon}
    </button>
    <label>
      <span>${words.interpreterTo}</span>
      <select
        name="to"
        lang=${reader}
        @change=${(event: Event) => choose({ from: pair.from, to: chosen(event) === '' ? null : chosen(event) })}
      >
        ${sortedByName(targetLanguages(languages, pair), reader).map(option(pair.to))}
        <option value="" .selected=${pair.to === null}>${words.interpreterNone}</option>
      </select>
    </label>
  </div>`;
}
