import { html, nothing } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { Choices } from './choices.ts';

/**
 * Captions on the picture, for eyes only, and beside them a log for screen readers that speaks when it is asked to: as one live region they
 * would be read twice, over the sound that says the same.
 */
export function captionsOnPicture(lines: readonly CaptionLine[], choices: Choices, atEdge: boolean) {
  const { size, contrast, announce } = choices.all;
  return html`<div part="captions" class="captions" aria-hidden="true" ?hidden=${lines.length === 0}>
      <viva-caption-rows
        size=${size}
        contrast=${contrast === 'page' ? 'dark' : contrast}
        .lines=${lines}
        .wishes=${choices.wishes}
        .rows=${atEdge ? 2 : 4}
        .quiet=${true}
      ></viva-caption-rows>
    </div>
    <div class="unseen" role="log" aria-live=${announce ? 'polite' : 'off'}>
      ${announce ? lines.map((line) => said(line, choices.to !== null)) : nothing}
    </div>`;
}

function said({ original, translation }: CaptionLine, translated: boolean) {
  const told = translated ? (translation ?? original) : original;
  if (told?.final !== true) return nothing;
  return html`<p lang=${told.language === '' ? nothing : told.language}>${told.text}</p>`;
}
