import { css } from 'lit';

export const answerStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .text > :first-child {
    margin-block-start: var(--_s0);
  }

  .text > :last-child {
    margin-block-end: 0;
  }

  :is(p, ul, ol, pre, blockquote, .table, .code) {
    margin-block: 0.55em;
  }

  :is(h3, h4, h5, h6) {
    margin-block: 0.9em 0.35em;
    font-family: var(--_font);
  }

  table {
    font: 400 var(--_small) / 1.4 var(--_font);
  }

  .code {
    position: relative;
    font-size: var(--_note);
  }

  .code pre {
    margin: 0;
    padding-inline-end: calc(var(--_target) + var(--_s1));
    min-block-size: calc(var(--_target) + var(--_s1));
    font-size: var(--_note);
  }

  .code button {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 2px;
  }

  .plain,
  .raw {
    white-space: pre-wrap;
  }

  .kept-link {
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }

  viva-still {
    display: inline-block;
  }

  :host([live]) .text > :is(p, blockquote, h3, h4, h5, h6):last-child::after {
    content: '';
    display: inline-block;
    inline-size: 2px;
    block-size: 0.95em;
    margin-inline-start: var(--_s0);
    vertical-align: -0.1em;
    background: var(--_speaking);
    animation: caret var(--_pulse) steps(2, jump-none) infinite;
  }

  @keyframes caret {
    to {
      opacity: 0;
    }
  }
`;
