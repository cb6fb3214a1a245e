import { css } from 'lit';

export const streamsStyles = css`
  :host {
    color-scheme: light dark;
    display: grid;
    container-type: inline-size;
    min-block-size: var(--viva-streams-height, 480px);
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: grid;
    grid-template-columns: minmax(220px, 300px) minmax(0, 1fr);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    overflow: clip;
  }

  nav {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: var(--_pad);
    border-inline-end: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  [part='detail'] {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: var(--_pad);
    min-inline-size: 0;
  }

  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }

  h2,
  h3 {
    font-size: var(--_large);
    font-weight: 600;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  h4 {
    font-size: 1em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  ul,
  ol {
    list-style: none;
  }

  small,
  .facts,
  .code {
    font-size: var(--_small);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  .hint {
    margin-block-start: -8px;
  }

  .empty {
    color: var(--_text-muted);
    text-wrap: pretty;
  }

  .list {
    display: flex;
    flex-direction: column;
    gap: 2px;
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 10px;
    inline-size: 100%;
    padding: 8px 12px;
    border-radius: 12px;
    text-align: start;
    align-items: center;
  }

  .row small {
    grid-column: 2;
  }

  .row .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .row[aria-current='true'] {
    background: var(--_bg-active);
    font-weight: 600;
  }

  .row[aria-current='true'] small {
    font-weight: 400;
  }

  .dot {
    display: inline-block;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    border: 2px solid var(--_control);
  }

  .dot.live {
    border-color: var(--_primary);
    background: var(--_primary);
  }

  .dot.connecting,
  .dot.waiting,
  .dot.retrying {
    border-color: var(--_thinking);
    background: var(--_thinking);
  }

  .dot.failed {
    border-color: var(--_error);
    background: var(--_error);
  }

  header {
    display: grid;
    gap: 6px;
  }

  header .dot {
    margin-inline-end: 8px;
  }

  .back {
    display: none;
    justify-self: start;
  }

  .ways,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }

  .sheet,
  .card,
  form {
    display: grid;
    gap: 14px;
  }

  .sheet,
  .card {
    padding: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  details.sheet {
    display: block;
  }

  details > form,
  details > .lines,
  details > .empty {
    margin-block-start: 14px;
  }

  .cards {
    display: grid;
    gap: 12px;
  }

  .prompt {
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  summary {
    display: flex;
    align-items: center;
    min-block-size: var(--_target);
    cursor: pointer;
    font-weight: 600;
  }

  summary::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    margin-inline: 4px 12px;
    border-inline-end: 2px solid currentColor;
    border-block-end: 2px solid currentColor;
    rotate: -45deg;
    transition: rotate var(--_quick);
  }

  :host(:dir(rtl)) summary::before {
    rotate: 135deg;
  }

  details[open] > summary::before {
    rotate: 45deg;
  }

  summary:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
    border-radius: 4px;
  }

  label {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
  }

  label > span,
  legend {
    font-size: var(--_small);
    font-weight: 600;
  }

  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    margin-block-end: 2px;
    inline-size: 100%;
  }

  .choice {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--_target);
    cursor: pointer;
  }

  .choice > span {
    font-size: 1em;
    font-weight: 400;
  }

  .choice input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_primary);
    flex: none;
  }

  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid var(--_control);
    border-radius: 10px;
    background: var(--_bg-input);
    color: inherit;
    font: inherit;
  }

  textarea {
    resize: vertical;
  }

  ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 14px;
  }

  form.line {
    grid-template-columns: minmax(0, 1fr);
    align-items: end;
  }

  .ways > button,
  form > button {
    justify-self: start;
  }

  .plain {
    padding-inline: 4px;
    text-decoration: underline;
    text-underline-offset: 3px;
    justify-self: start;
  }

  a,
  .button {
    color: inherit;
    display: inline-flex;
    align-items: center;
    min-block-size: var(--_target);
    text-underline-offset: 3px;
  }

  .button {
    padding-inline: 16px;
    border: 1px solid var(--_control);
    border-radius: var(--_btn-radius);
    text-decoration: none;
  }

  .danger {
    background: var(--_error);
    color: light-dark(#fff, #2b0d08);
  }

  .tabs {
    display: flex;
    gap: 4px;
    overflow-x: auto;
    border-block-end: 1px solid var(--_border);
    scrollbar-width: thin;
  }

  .tabs button {
    flex: none;
    border-radius: 8px 8px 0 0;
    border-block-end: 3px solid transparent;
  }

  .tabs button[aria-selected='true'] {
    border-block-end-color: var(--_primary);
    font-weight: 600;
  }

  .tabs button:focus-visible {
    outline-offset: -3px;
  }

  .pane {
    display: grid;
    gap: 16px;
    align-content: start;
  }

  .lines {
    display: grid;
    gap: 10px;
  }

  .lines li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 14px;
    align-items: baseline;
  }

  .lines time {
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
    color: var(--_text-muted);
  }

  .lines p {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  .lines .growing p {
    color: var(--_text-muted);
  }

  .lines .critical strong {
    color: var(--_error);
  }

  .progress progress {
    inline-size: 100%;
    block-size: 10px;
    accent-color: var(--_primary);
  }

  .note,
  .trouble {
    padding: 12px 16px;
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  .trouble {
    display: grid;
    gap: 8px;
    justify-items: start;
    border-color: color-mix(in oklab, var(--_error) 35%, transparent);
    background: color-mix(in oklab, var(--_error) 9%, var(--_bg-raised));
  }

  dialog {
    max-inline-size: min(440px, 90vw);
    padding: var(--_pad);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg-raised);
    color: inherit;
  }

  dialog::backdrop {
    background: var(--_overlay);
  }

  viva-player {
    border-radius: var(--_msg-radius);
    overflow: clip;
  }

  /* One thing at a time where there is little room. */
  @container (max-width: 719px) {
    .frame {
      grid-template-columns: minmax(0, 1fr);
    }

    nav {
      border-inline-end: 0;
      border-block-end: 1px solid var(--_border);
    }

    .chosen nav {
      display: none;
    }

    .back {
      display: inline-flex;
    }
  }
`;
