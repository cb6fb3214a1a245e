import { css } from 'lit';

/** What stands in the panel, and how it makes room for itself in narrow and low windows. */
export const panelStyles = css`
  /* What is shut off is not there; the question stands in its place. */
  :host([gated]) :is(.body, .stage) {
    display: none;
  }

  ::slotted([slot='gate']) {
    flex: 1;
  }

  header {
    position: relative;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: var(--_s1);
    padding-block: var(--_s3) var(--_s2);
    padding-inline: var(--_pad) var(--_s2);
  }

  ::slotted([slot='avatar']) {
    flex: none;
    inline-size: var(--_face, 2.75em);
    block-size: var(--_face, 2.75em);
    margin-inline-end: var(--_s2);
    border-radius: 50%;
    object-fit: cover;
  }

  /* Large text in a narrow window: the buttons get a row of their own rather than half of the title. */
  .titles {
    flex: 1 1 6em;
    min-inline-size: 0;
  }

  :host([interprets]) .titles {
    flex-basis: 0;
  }

  .title-row {
    display: flex;
    align-items: baseline;
    gap: var(--_s2);
  }

  h2 {
    margin: 0;
    font-size: 1em;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.005em;
    overflow-wrap: anywhere;
  }

  .body {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 6em;
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
    block-size: calc(44px * var(--_d, 1));
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
    display: flex;
    flex-direction: column;
    overflow-y: auto;
    padding: var(--_s4) var(--_pad) var(--_s6);
  }

  viva-devices {
    position: absolute;
    inset: 0;
    z-index: 1;
    overflow-y: auto;
    padding: var(--_s3) var(--_pad) var(--_s5);
    background: var(--_bg);
    border-block-start: 1px solid var(--_border);
  }

  .empty {
    display: grid;
    flex: 1 0 auto;
    align-content: end;
    gap: var(--_s2);
    color: var(--_text-muted);
  }

  .empty p {
    margin: 0;
    max-inline-size: 34ch;
    text-wrap: pretty;
  }

  .empty .big {
    font: 400 var(--_display) / 1.1 var(--_font-voice);
    letter-spacing: -0.015em;
    color: var(--_text);
  }

  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
    padding: var(--_s3) var(--_pad) var(--_s4);
    border-block-start: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  /* A line that is read across a whole screen loses its reader: what stands in a wide panel keeps a column. */
  :host(:is([variant='full'], [variant='inline'], [variant='kiosk'])) :is(header, .stage, viva-transcript, viva-devices),
  :host(:is([variant='full'], [variant='inline'], [variant='kiosk'])) ::slotted([slot='gate']) {
    --_pad: max(var(--viva-padding, var(--_s5)), 50% - 23em);
  }

  :host(:is([variant='full'], [variant='kiosk'])) {
    --_face: 4em;
  }

  :host([variant='full']) header {
    padding-block: var(--_s5) var(--_s3);
    padding-inline-end: var(--_pad);
  }

  @media (max-width: 520px) {
    :host([floating]) {
      inset: auto 0 var(--_keyboard, 0px) !important;
      margin: 0 !important;
      inline-size: 100% !important;
      block-size: min(86dvh, 45em, 100dvh - 12px - var(--_keyboard, 0px)) !important;
      min-block-size: 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: env(safe-area-inset-bottom);
      background: linear-gradient(var(--_bg), var(--_bg)) content-box var(--_bg-raised);
    }

    :host([floating][variant='compact']) {
      block-size: min(60dvh, 30em, 100dvh - 12px - var(--_keyboard, 0px)) !important;
    }

    :host([floating][variant='expanded']) {
      block-size: calc(100dvh - max(12px, env(safe-area-inset-top)) - var(--_keyboard, 0px)) !important;
    }
  }

  @media (max-height: 520px) {
    .empty .big {
      font-size: var(--_title);
    }

    viva-visualizer {
      display: none;
    }
  }

  /* What a large zoom leaves of a window. */
  @media (max-height: 380px) {
    :host([floating][placement]) {
      inset-block: auto var(--_keyboard, 0px) !important;
      block-size: calc(100dvh - var(--_keyboard, 0px)) !important;
      min-block-size: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host([floating]) {
      transition: none;
    }
  }
`;
