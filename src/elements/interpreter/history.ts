import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CaptionLine, CaptionText } from '../../pipelines/caption-lines.ts';
import type { Words } from './words.ts';

/** What was said before, sentence by sentence; each keeps its nodes while it is corrected. */

export interface History {
  /** Spoken by the second person. */
  far(this: void, line: CaptionLine): boolean;
  scrolled(this: void, event: Event): void;
}

export const history = (words: Words, lines: readonly CaptionLine[], { far, scrolled }: History) =>
  html`<div part="history" class="history" tabindex="0" role="region" aria-label=${words.interpreterHistory} @scroll=${scrolled}>
    ${sentences(lines, far)}
  </div>`;

const sentences = (lines: readonly CaptionLine[], far: History['far']) =>
  lines.length === 0
    ? nothing
    : html`<ol>
        ${repeat(
          lines,
          ({ id }) => id,
          (line) =>
            html`<li part="line" class=${far(line) ? 'far' : ''}>
              ${side('said', line.original)} ${side('heard', line.translation)}
            </li>`,
        )}
      </ol>`;

function side(kind: string, text: CaptionText | null) {
  if (text === null || text.text === '') return nothing;
  const growing = text.final ? '' : 'interim';
  return html`<p class="${kind} ${growing}" dir="auto" lang=${text.language} .textContent=${text.text}></p>`;
}
