import { css } from 'lit';

/** What was said before, and the device menu that takes its place. */
export const historyStyles = css`
  .history,
  .choosing {
    flex: 1 1 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }

  .history {
    min-block-size: 6em;
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

  .choosing {
    min-block-size: 20em;
    padding: var(--_s1) var(--_s1) var(--_s3);
  }
`;
