import { css } from 'lit';

export const diagnosisStyles = css`
  :host {
    display: block;
    font-size: var(--_note);
  }

  table {
    inline-size: 100%;
    table-layout: fixed;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.4em 0.6em 0.4em 0;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: middle;
    overflow-wrap: anywhere;
  }

  th {
    inline-size: 45%;
    font-weight: 500;
    color: var(--_text-muted);
  }

  h3 {
    margin: 1em 0 0.3em;
    font-size: 1em;
  }

  ol {
    max-block-size: 14em;
    margin: 0 0 1em;
    padding-inline-start: 2.5em;
    overflow-y: auto;
  }

  meter,
  td svg {
    max-inline-size: 100%;
  }

  meter {
    inline-size: 10em;
    block-size: 1em;
  }

  td svg {
    inline-size: 12em;
    block-size: 2.4em;
  }
`;
