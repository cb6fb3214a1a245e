import { css } from 'lit';

/** What every button, field and menu of the elements has in common. */
export const controlStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  button,
  select,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
    touch-action: manipulation;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_s2);
    min-inline-size: var(--_target);
    min-block-size: var(--_target);
    padding: 0 var(--_s4);
    border: 1px solid transparent;
    border-radius: var(--_btn-radius);
    background: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color var(--_quick),
      color var(--_quick),
      scale var(--_quick);
  }

  button:hover {
    background: var(--_bg-hover);
  }

  button:active {
    background: var(--_bg-active);
    scale: 0.97;
  }

  button[disabled] {
    opacity: 0.4;
    cursor: default;
    pointer-events: none;
  }

  :is(button, select, textarea, input, a, [tabindex]):focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
  }

  .icon {
    padding: 0;
    inline-size: var(--_target);
    flex: none;
  }

  .solid {
    background: var(--_primary);
    color: var(--_on-primary);
    font-weight: 600;
  }

  .solid:hover {
    background: var(--_primary-hover);
  }

  .solid:active {
    background: var(--_primary-active);
  }

  .outline {
    border-color: var(--_control);
  }

  svg {
    inline-size: max(22px, 1.375em);
    block-size: max(22px, 1.375em);
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  /* A sign that goes from one side to the other goes the way of the text. */
  .flows:dir(rtl) {
    scale: -1 1;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }

  @media (forced-colors: active) {
    button {
      border-color: ButtonText;
    }

    /* A sign in a row of signs is seen without a frame, and frames of small ones lie over each other. */
    .icon:not(.outline) {
      border: 0;
    }

    .solid {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
