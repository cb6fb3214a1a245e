import { css } from 'lit';

export const interpreterStyles = css`
  :host {
    color-scheme: light dark;
    /* At least so high, and higher where large text asks for it: nothing is cut off. */
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    container-type: inline-size;
    min-block-size: var(--viva-interpreter-height, min(760px, 86dvh));
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: flex;
    flex-direction: column;
    gap: var(--_s3);
    padding: var(--_pad);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
  }

  header {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--_s1);
  }

  /* Inside the panel, which has a frame and a button in the corner already. */
  :host([slot='interpreter']) .frame {
    border: 0;
    border-radius: 0;
  }

  :host([slot='interpreter']) header {
    padding-inline-end: var(--_target);
  }

  .titles {
    flex: 1;
    min-inline-size: 0;
  }

  h2 {
    margin: 0;
    font: 600 var(--_lead) / 1.3 var(--_font);
  }

  .status {
    margin: 0;
    font-size: var(--_note);
    color: var(--_text-muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .status::before {
    content: '';
    display: inline-block;
    inline-size: 0.55em;
    block-size: 0.55em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    border: 1.5px solid currentColor;
  }

  .status.on::before {
    background: var(--_primary);
    border-color: var(--_primary);
  }

  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: end;
    gap: var(--_s2);
  }

  .pair label {
    display: grid;
    gap: var(--_s0);
    min-inline-size: 0;
  }

  .pair label > span {
    font-size: var(--_tiny);
    font-weight: 600;
    color: var(--_text-muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .note {
    margin: 0;
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .history {
    flex: 1 1 0;
    min-block-size: 6em;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
    outline-offset: -2px;
    mask-image: linear-gradient(transparent, #000 14px);
  }

  ol {
    list-style: none;
    display: grid;
    align-content: end;
    gap: var(--_s3);
    min-block-size: 100%;
    margin: 0;
    padding: var(--_s4) var(--_s0) var(--_s1);
  }

  li {
    max-inline-size: 62ch;
    padding-inline-start: var(--_s4);
    border-inline-start: 2px solid var(--_border);
  }

  li.far {
    border-inline-start-color: var(--_primary);
  }

  li p {
    margin: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .said {
    font-size: var(--_note);
    color: var(--_text-muted);
  }

  .heard,
  .said:only-child {
    font-family: var(--_font-voice);
    font-size: var(--_lead);
    line-height: 1.4;
    color: var(--_text);
  }

  .interim {
    text-decoration: underline dotted 1.5px;
    text-underline-offset: 0.22em;
  }

  .share {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_s2) var(--_s2);
    padding: var(--_s3);
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  .share label {
    flex: 1 1 14em;
    display: grid;
    gap: var(--_s1);
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .share input {
    min-inline-size: 0;
    inline-size: 100%;
    block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    color: var(--_text);
    font: inherit;
    font-size: 1rem;
    text-overflow: ellipsis;
  }

  [part='controls'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_s2);
  }

  .wide {
    flex: 1 1 10em;
    max-inline-size: 26em;
    min-block-size: calc(var(--_target) + 8px);
  }

  .pressed {
    background: var(--_primary);
    color: var(--_on-primary);
  }

  .pressed:hover {
    background: var(--_primary-hover);
  }

  .end {
    border-color: var(--_error);
    color: var(--_error);
  }

  .people {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--_s2);
    inline-size: 100%;
  }

  .hold {
    flex-direction: column;
    gap: var(--_s0);
    min-block-size: calc(2 * var(--_target));
    padding: var(--_s3);
    border-radius: calc(var(--_msg-radius) + 4px);
    border: 2px solid var(--_primary);
    background: var(--_bg-raised);
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }

  .hold strong {
    font: 500 var(--_large) / 1.25 var(--_font-voice);
    overflow-wrap: anywhere;
  }

  .hold span {
    font-size: var(--_note);
  }

  .hold.pressed {
    background: var(--_primary);
    color: var(--_on-primary);
    scale: 1;
  }

  .hold[aria-disabled='true'] {
    border-color: var(--_control);
    border-style: dashed;
    color: var(--_text-muted);
    cursor: default;
  }

  @container (max-width: 430px) {
    .frame {
      padding: var(--_s3);
      gap: var(--_s2);
    }
  }

  @media (forced-colors: active) {
    .pressed {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
