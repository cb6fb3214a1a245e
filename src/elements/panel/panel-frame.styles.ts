import { css } from 'lit';

/** How the panel stands on the page: its box, its spacing, its place, its variants. */
export const panelFrameStyles = css`
  :host {
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    /* Large text or a low window leave no room for a conversation between header and field: the whole of it scrolls. */
    overflow: hidden auto;
    overscroll-behavior: contain;
    outline: none;
    writing-mode: horizontal-tb;
  }

  :host([density='compact']),
  :host([variant='compact']) {
    --_d: 0.75;
  }

  :host([density='normal']) {
    --_d: 1;
  }

  :host([density='spacious']) {
    --_d: 1.25;
  }

  /* Over the page. The sizes are of the text, so that larger text gets a larger panel; the window is the limit of both. */
  :host([floating]) {
    --_side: max(var(--_inset-inline), env(safe-area-inset-left), env(safe-area-inset-right));
    position: fixed;
    inset: auto;
    inline-size: min(var(--_wide, 25em), 100vw - 2 * var(--_side));
    block-size: min(
      var(--_tall, var(--viva-max-h, 41.25em)),
      100dvh - 2 * var(--_inset-block) - env(safe-area-inset-top) - env(safe-area-inset-bottom) - var(--_keyboard, 0px)
    );
    min-block-size: min(var(--viva-min-h, 320px), 100dvh);
    max-block-size: none;
    box-shadow: var(--_shadow);
    transition:
      opacity var(--_quick) var(--_ease),
      translate var(--_calm) var(--_ease),
      display var(--_calm) allow-discrete,
      overlay var(--_calm) allow-discrete;
  }

  :host([placement~='bottom']) {
    --_from: 16px;
    bottom: calc(var(--_inset-block) + env(safe-area-inset-bottom) + var(--_keyboard, 0px));
  }

  :host([placement~='top']) {
    --_from: -16px;
    top: calc(var(--_inset-block) + env(safe-area-inset-top));
  }

  :host([placement~='left']) {
    left: var(--_side);
  }

  :host([placement~='right']) {
    right: var(--_side);
  }

  :host([floating][placement~='middle']) {
    inset-inline: 0;
    margin-inline: auto;
  }

  :host([floating]:not(:popover-open)) {
    display: none;
    opacity: 0;
    translate: 0 var(--_from);
  }

  @starting-style {
    :host([floating]:popover-open) {
      opacity: 0;
      translate: 0 var(--_from);
    }
  }

  :host([floating][variant='compact']) {
    inline-size: min(var(--_wide, 21.25em), 100vw - 2 * var(--_side));
    block-size: min(
      var(--_tall, var(--viva-max-h, 30em)),
      100dvh - 2 * var(--_inset-block) - env(safe-area-inset-top) - env(safe-area-inset-bottom) - var(--_keyboard, 0px)
    );
  }

  :host([floating][variant='expanded']) {
    inline-size: min(var(--_wide, 32.5em), 100vw - 2 * var(--_side));
    block-size: min(
      var(--_tall, var(--viva-max-h, 100dvh)),
      100dvh - 2 * var(--_inset-block) - env(safe-area-inset-top) - env(safe-area-inset-bottom) - var(--_keyboard, 0px)
    );
  }

  /* Fills the tag, and makes it no higher: a long conversation scrolls. */
  :host([variant='inline']) {
    grid-area: 1 / 1;
    block-size: 0;
    min-block-size: 100%;
  }

  :host(:is([variant='full'], [variant='kiosk'])) {
    position: fixed;
    inset: 0 0 var(--_keyboard, 0px);
    z-index: var(--_z);
    inline-size: auto;
    block-size: auto;
    border: 0;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
`;
