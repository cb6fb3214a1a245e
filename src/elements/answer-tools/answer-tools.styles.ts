import { css } from 'lit';

export const answerToolsStyles = css`
  :host {
    display: flex;
    /* The first sign stands at the edge of the text, however wide its button is. */
    margin-inline-start: calc((var(--_s4) - var(--_target)) / 2);
    margin-block: calc(-1 * var(--_s1)) calc(-1 * var(--_s4));
    color: var(--_text-muted);
  }

  svg {
    inline-size: max(18px, 1.125em);
    block-size: max(18px, 1.125em);
  }

  [aria-pressed='true'] {
    color: var(--_primary);
  }

  [aria-pressed='true'] svg {
    fill: color-mix(in oklab, currentColor 25%, transparent);
  }

  @media (forced-colors: active) {
    [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
