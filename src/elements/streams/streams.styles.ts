import { css } from 'lit';

/** The desk: its list, the chosen stream, one of both where there is little room. */
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
    gap: var(--_s3);
    padding: var(--_pad);
    border-inline-end: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  [part='detail'] {
    display: flex;
    flex-direction: column;
    gap: var(--_s4);
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

  .list {
    display: flex;
    flex-direction: column;
    gap: var(--_s0);
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: var(--_s2);
    inline-size: 100%;
    padding: var(--_s2) var(--_s3);
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
    gap: var(--_s2);
  }

  header .dot {
    margin-inline-end: var(--_s2);
  }

  .back {
    display: none;
    justify-self: start;
  }

  .ways,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    align-items: center;
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
