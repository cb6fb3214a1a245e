import { html, nothing } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { StreamWords } from './stream-strings.ts';

/** What failed, in words and with its code and field. `again`: the desk itself failed; null = only the last wish did. */
export function trouble(words: StreamWords, facts: ErrorFacts | null, again: (() => void) | null, dismiss: () => void) {
  if (facts === null) return nothing;
  return html`<div part="alert" class="trouble">
    <p>${facts.message}</p>
    <p class="code">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
    ${
      again === null
        ? html`<button class="outline" @click=${dismiss}>${words.streamsDismiss}</button>`
        : html`<button class="solid" @click=${again}>${words.streamsRetry}</button>`
    }
  </div>`;
}
