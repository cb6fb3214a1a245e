import { css } from 'lit';

export const controlsStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
  }

  .wide {
    flex: 1 1 auto;
    min-block-size: calc(var(--_target) + 8px);
  }

  .pressed {
    background: color-mix(in oklab, var(--_primary) 16%, transparent);
    border-color: var(--_primary);
    color: var(--_primary);
  }

  .talk {
    order: -1;
    flex-basis: 100%;
    min-block-size: calc(var(--_target) + 20px);
    user-select: none;
    -webkit-user-select: none;
    touch-action: none;
    font-weight: 600;
  }

  /* Beside the others, in one row with them on a phone too. */
  [part='mic'] {
    min-block-size: var(--_target);
    padding-inline: var(--_s2);
  }

  .end {
    margin-inline-start: auto;
    padding-inline: var(--_s3);
    border-color: color-mix(in oklab, var(--_error) 45%, transparent);
    color: var(--_error);
    font-weight: 600;
  }

  [part='interrupt'][aria-disabled='false'] {
    border-color: var(--_speaking);
    background: color-mix(in oklab, var(--_speaking) 14%, transparent);
    color: var(--_speaking);
  }

  [part='interrupt'] svg {
    fill: currentColor;
  }

  [aria-disabled='true']:is(*, :hover, :active) {
    color: var(--_text-muted);
    border-color: var(--_border);
    cursor: default;
    background: none;
  }
`;
