import { css } from 'lit';

/** What a tab shows, and what happened. */
export const paneStyles = css`
  .empty {
    color: var(--_text-muted);
    text-wrap: pretty;
  }

  .sheet,
  .card,
  form {
    display: grid;
    gap: var(--_s3);
  }

  .sheet,
  .card {
    padding: var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  .cards {
    display: grid;
    gap: var(--_s3);
  }

  .prompt {
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s1);
    border-block-end: 1px solid var(--_border);
  }

  .tabs button {
    flex: none;
    padding-inline: var(--_s3);
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
    gap: var(--_s4);
    align-content: start;
  }

  .pane > button,
  .card > button {
    justify-self: start;
  }

  .lines {
    display: grid;
    gap: var(--_s2);
  }

  .lines li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_s1) var(--_s3);
    align-items: baseline;
  }

  .lines time {
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
    color: var(--_text-muted);
  }

  time {
    unicode-bidi: plaintext;
  }

  .lines .hit {
    white-space: normal;
  }

  .hit small {
    display: block;
  }

  .lines p {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  .lines .growing p {
    color: var(--_text-muted);
  }

  .lines .translation {
    grid-column: 2;
    color: var(--_text-muted);
  }

  .lines .critical strong {
    color: var(--_error);
  }

  .told {
    margin: 0;
    max-block-size: 320px;
    overflow: auto;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }

  pre.told {
    font-size: var(--_small);
    white-space: pre-wrap;
  }

  .more {
    display: grid;
    gap: var(--_s3);
  }

  .more > .ways,
  .more > form {
    margin-block-end: var(--_s3);
  }

  .progress progress {
    inline-size: 100%;
    block-size: 10px;
    accent-color: var(--_primary);
  }

  .note,
  .trouble {
    padding: var(--_s3) var(--_s4);
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  .trouble {
    display: grid;
    gap: var(--_s2);
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
`;
