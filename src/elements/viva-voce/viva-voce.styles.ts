import { css } from 'lit';

export const vivaVoceStyles = css`
  /* Nothing of the page's text comes in but what hides it. */
  :host {
    all: initial;
    visibility: inherit;
    color-scheme: light dark;
    display: contents;
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  :host([radius='round']) {
    --_r: 14px;
  }

  :host([radius='soft']) {
    --_r: 8px;
  }

  :host([radius='sharp']) {
    --_r: 2px;
  }

  /* As high as it is wished, and no higher than the box around it; what stands in it fills it. */
  :host(:is([variant='inline'], [variant='embedded'])) {
    display: grid;
    grid: minmax(0, 1fr) / minmax(0, 1fr);
    max-block-size: 100%;
    aspect-ratio: var(--viva-aspect, auto);
  }

  :host(:is([variant='inline'], [variant='embedded']))::before {
    content: '';
    grid-area: 1 / 1;
    block-size: var(--viva-min-h, 480px);
    max-block-size: 100%;
  }

  .dock {
    --_side: max(var(--_inset-inline), env(safe-area-inset-left), env(safe-area-inset-right));
    position: fixed;
    z-index: var(--_z);
    inset: auto;
    inset-block-end: calc(var(--_inset-block) + env(safe-area-inset-bottom));
    inset-inline-end: var(--_side);
    margin: 0;
    display: grid;
    justify-items: end;
    gap: 12px;
    max-inline-size: min(360px, calc(100vw - 2 * var(--_inset-inline)));
    padding: 0;
    border: 0;
    background: none;
    overflow: visible;
    pointer-events: none;
  }

  .dock > * {
    pointer-events: auto;
  }

  :host([placement^='top']) .dock {
    inset-block: calc(var(--_inset-block) + env(safe-area-inset-top)) auto;
  }

  :host([placement$='start']) .dock {
    inset-inline: var(--_side) auto;
    justify-items: start;
  }

  :host([placement$='left']) .dock {
    inset-inline: auto;
    left: var(--_side);
    justify-items: left;
  }

  :host([placement$='right']) .dock {
    inset-inline: auto;
    right: var(--_side);
    justify-items: right;
  }

  :host(:is([placement='top'], [placement='bottom'])) .dock {
    inset-inline: 0;
    margin-inline: auto;
    justify-items: center;
  }

  :host(:is([variant='inline'], [variant='embedded'])) .dock {
    position: static;
    grid-area: 1 / 1;
    place-items: center;
    max-inline-size: none;
  }

  [part='launcher'] {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--_fab);
    min-inline-size: var(--_fab);
    padding-block: 0;
    padding-inline: 18px 22px;
    border: 0;
    border-radius: var(--_btn-radius);
    background: var(--_primary);
    color: var(--_on-primary);
    font: 600 1em/1.2 var(--_font);
    letter-spacing: 0.005em;
    box-shadow: var(--_shadow);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color var(--_quick),
      translate var(--_quick) var(--_ease);
  }

  [part='launcher']:hover {
    background: var(--_primary-hover);
    translate: 0 -1px;
  }

  [part='launcher']:active {
    background: var(--_primary-active);
    translate: 0 0;
  }

  [part='launcher']:focus-visible {
    outline: 3px solid var(--_primary);
    outline-offset: 3px;
  }

  [part='launcher'][aria-busy='true'] {
    cursor: progress;
  }

  svg {
    inline-size: 1.625em;
    block-size: 1.625em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
  }

  .live path {
    animation: breathe 1.6s var(--_ease) infinite alternate;
    transform-origin: center;
  }

  @keyframes breathe {
    from {
      transform: scaleY(0.55);
    }
  }

  [part='toast'],
  [part='captions'] {
    padding: 12px 16px;
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: 0.9375em;
  }

  viva-captions:not(:defined) {
    display: none;
  }

  [part='toast'] {
    margin: 0;
    border-inline-start: 3px solid var(--_error);
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }

  @media (forced-colors: active) {
    [part='launcher'] {
      border: 2px solid ButtonText;
    }
  }
`;
