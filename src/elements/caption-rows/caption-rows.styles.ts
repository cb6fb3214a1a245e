import { css } from 'lit';

export const captionRowsStyles = css`
  :host {
    --_rows: 2;
    --_scale: 1;
    display: block;
    container-type: inline-size;
  }

  :host([rows='1']) {
    --_rows: 1;
  }
  :host([rows='3']) {
    --_rows: 3;
  }
  :host([rows='4']) {
    --_rows: 4;
  }
  :host([rows='5']) {
    --_rows: 5;
  }
  :host([rows='6']) {
    --_rows: 6;
  }
  :host([rows='7']) {
    --_rows: 7;
  }
  :host([rows='8']) {
    --_rows: 8;
  }

  :host([size='s']) {
    --_scale: 0.8;
  }
  :host([size='l']) {
    --_scale: 1.25;
  }
  :host([size='xl']) {
    --_scale: 1.6;
  }
  :host([size='xxl']) {
    --_scale: 2;
  }

  .box {
    --_ground: var(--viva-caption-bg, var(--_bg-raised));
    --_ink: var(--viva-caption-text, var(--_text));
    --_ink-quiet: var(--_text-muted);
    display: grid;
    gap: 0.3em;
    position: relative;
    padding: 0.55em 0.8em;
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_ground);
    color: var(--_ink);
    /* Grows with its own box, not with the window. */
    font-size: calc(var(--viva-caption-size, clamp(1em, 0.72em + 1.7cqi, 2.25em)) * var(--_scale));
  }

  :host([contrast='dark']) .box {
    --_ground: #000;
    --_ink: #fff;
    --_ink-quiet: #fff;
    border-color: #000;
  }

  :host([contrast='light']) .box {
    --_ground: #fff;
    --_ink: #000;
    --_ink-quiet: #000;
    border-color: #000;
  }

  :host([contrast='yellow']) .box {
    --_ground: #000;
    --_ink: #ff0;
    --_ink-quiet: #ff0;
    border-color: #ff0;
  }

  /* Roll-up: so many rows and never another height; filled from the top, then scrolled. */
  .block {
    line-height: 1.45;
    block-size: calc(var(--viva-caption-rows, var(--_rows)) * 1lh);
    overflow: hidden;
    overflow-anchor: none;
  }

  .block + .block {
    font-family: var(--_font-voice);
    font-size: var(--_lead);
  }

  .block:not(:last-child) {
    color: var(--_ink-quiet);
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
    text-wrap: stable;
  }

  /* Not certain yet, and marked as input methods mark it: by a dotted line below. */
  .interim {
    text-decoration: underline dotted 1.5px;
    text-decoration-color: color-mix(in oklab, currentColor 65%, transparent);
    text-underline-offset: 0.22em;
    text-decoration-skip-ink: none;
  }

  /* Another voice than the sentence before. */
  .turn::before {
    content: '– ' / '';
  }

  /* Over all rows: a long hint is read whole where there are rows enough, and moves none of them. */
  .waiting {
    position: absolute;
    inset: 0.55em 0.8em;
    overflow: hidden;
    color: var(--_ink-quiet);
    font-family: var(--_font);
  }

  @media (forced-colors: active) {
    .box {
      border-color: CanvasText;
    }

    .interim {
      text-decoration-color: CanvasText;
    }
  }
`;
