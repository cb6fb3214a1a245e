import { css, html, nothing } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { interpreterErrorStrings } from '../captions/interpreter-error-strings.ts';
import type { Strings } from '../english.ts';

/** A failure of captions or of an interpreter: its sentence, its code, and what can be done. */

export interface Trouble {
  /** Ended it; else it goes on and this is a remark. */
  readonly error: ErrorFacts | null;
  readonly notice: ErrorFacts | null;
  readonly words: Partial<Strings>;
  readonly again: () => void;
  readonly dismiss: (facts: ErrorFacts) => void;
  readonly dismissed: ErrorFacts | null;
  /** Moves the focus: the button that was pressed is about to go. */
  readonly elsewhere: () => void;
}

export function trouble({ error, notice, words, again, dismiss, dismissed, elsewhere }: Trouble) {
  const facts = error ?? notice;
  const shown = facts !== null && facts !== dismissed;
  const press = (act: () => void) => (): void => {
    act();
    elsewhere();
  };
  // The region stands before its words come: some screen readers overlook one that is born full.
  return html`<div role="alert" class="trouble">
    ${
      shown
        ? html`<div part="alert">
            <p>${words[`interpreter-error-${facts.code}`] ?? interpreterErrorStrings[`interpreter-error-${facts.code}`]}</p>
            <p class="code">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
            <div class="ways">
              ${
                error === null
                  ? html`<button class="outline" @click=${press(() => dismiss(facts))}>
                      ${words.captionsDismiss ?? captionStrings.captionsDismiss}
                    </button>`
                  : html`<button class="solid" @click=${press(again)}>
                      ${words.captionsRetry ?? captionStrings.captionsRetry}
                    </button>`
              }
            </div>
          </div>`
        : nothing
    }
  </div>`;
}

export const troubleStyles = css`
  /* Takes no place before there is anything to tell. */
  .trouble:not(:has([part='alert'])) {
    position: absolute;
  }

  [part='alert'] {
    padding: var(--_s4) var(--_s4);
    border-radius: var(--_msg-radius);
    background: color-mix(in oklab, var(--_error) 9%, var(--_bg-raised));
    border: 1px solid color-mix(in oklab, var(--_error) 35%, transparent);
  }

  [part='alert'] p {
    margin: 0;
    text-wrap: pretty;
  }

  [part='alert'] .code {
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    margin-block-start: var(--_s3);
  }
`;
