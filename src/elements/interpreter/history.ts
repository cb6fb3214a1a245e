import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CaptionLine, CaptionText } from '../../pipelines/caption-lines.ts';

/** What was said before, sentence by sentence; each keeps its nodes while it is corrected. `far`: spoken by the second person. */
export const history = (lines: readonly CaptionLine[], far: (line: CaptionLine) => boolean) =>
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
