import { css } from 'lit';

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    overflow: hidden;
    outline: none;
  }

  :host([variant='full']) {
    border: 0;
    border-radius: 0;
  }

  /* Where it floats is the business of the tag around it. */
  :host([floating]) {
    inline-size: min(400px, 100vw - 2 * var(--_inset-inline));
    block-size: min(var(--viva-max-h, 660px), 100dvh - 2 * var(--_inset-block) - var(--_keyboard, 0px));
    min-block-size: min(var(--viva-min-h, 320px), 100dvh);
    max-block-size: none;
    color: var(--_text);
    box-shadow: var(--_shadow);
    transition:
      opacity var(--_quick) var(--_ease),
      translate var(--_calm) var(--_ease),
      display var(--_calm) allow-discrete,
      overlay var(--_calm) allow-discrete;
  }

  :host([floating]:not(:popover-open)) {
    display: none;
    opacity: 0;
    translate: 0 16px;
  }

  @starting-style {
    :host([floating]:popover-open) {
      opacity: 0;
      translate: 0 16px;
    }
  }

  :host([floating][variant='compact']) {
    block-size: min(var(--viva-max-h, 480px), 100dvh - 2 * var(--_inset-block) - var(--_keyboard, 0px));
    inline-size: min(340px, 100vw - 2 * var(--_inset-inline));
  }

  header {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-block: 12px 10px;
    padding-inline: var(--_pad) 10px;
  }

  .titles {
    flex: 1;
    min-inline-size: 0;
  }

  .title-row {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }

  h2 {
    margin: 0;
    font-size: 1.0625em;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.005em;
  }

  .body {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 0;
  }

  ::slotted([slot='interpreter']) {
    --viva-interpreter-height: 0px;

    flex: 1;
    min-inline-size: 0;
  }

  :host([interprets]) .body {
    overflow-y: auto;
  }

  /* What interprets has a header of its own; the panel adds its button to it. */
  :host([interprets]) header {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    z-index: 1;
  }

  viva-transcript {
    flex: 1;
    min-inline-size: 0;
  }

  viva-visualizer {
    block-size: 44px;
  }

  viva-pictures ~ viva-visualizer {
    block-size: 26px;
  }

  /* The line of dots that the visualizer draws while it is quiet. */
  viva-visualizer:not(:defined) {
    background: radial-gradient(circle, color-mix(in oklab, var(--_text) 24%, transparent) 1.5px, transparent 2px) center / 8px
      8px repeat-x;
  }

  viva-transcript:not(:defined) {
    padding: 14px var(--_pad) 24px;
  }

  viva-devices {
    position: absolute;
    inset: 0;
    z-index: 1;
    overflow-y: auto;
    padding: 12px var(--_pad) 20px;
    background: var(--_bg);
    border-block-start: 1px solid var(--_border);
  }

  .empty {
    display: grid;
    align-content: end;
    gap: 6px;
    block-size: 100%;
    color: var(--_text-muted);
  }

  .empty p {
    margin: 0;
    max-inline-size: 34ch;
    text-wrap: pretty;
  }

  .empty .big {
    font: 400 2.25em/1.1 var(--_font-voice);
    letter-spacing: -0.015em;
    color: var(--_text);
  }

  .stage {
    display: grid;
    gap: 12px;
    padding: 12px var(--_pad) 16px;
    border-block-start: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  @media (max-width: 520px) {
    :host([floating]) {
      inline-size: 100% !important;
      block-size: calc(min(86dvh, 720px) - var(--_keyboard, 0px));
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: env(safe-area-inset-bottom);
      background: linear-gradient(var(--_bg), var(--_bg)) content-box var(--_bg-raised);
    }
  }

  @media (max-height: 520px) {
    .empty .big {
      font-size: 1.5em;
    }

    viva-visualizer {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host([floating]) {
      transition: none;
    }
  }
`;
