import { css } from 'lit';

export const playerTranscriptStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }

  .bar {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--_s1);
  }

  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--_target);
    padding-inline: var(--_s4);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    color: inherit;
    font: inherit;
  }

  .told {
    margin: var(--_s1) var(--_s1) 0;
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .told:empty {
    margin: 0;
  }

  .none {
    margin: var(--_s6) var(--_s2);
    color: var(--_text-muted);
    text-align: center;
  }

  .list {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    margin-block-start: var(--_s2);
    scrollbar-width: thin;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_s3);
    inline-size: 100%;
    padding: var(--_s2) var(--_s3);
    border-radius: 10px;
    text-align: start;
    align-items: baseline;
    justify-content: start;
    scale: none;
  }

  .row[aria-current] {
    background: color-mix(in oklab, var(--_primary) 14%, transparent);
    box-shadow: inset 3px 0 0 var(--_primary);
  }

  .row[aria-current]:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_primary);
  }

  time {
    font-size: var(--_small);
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .texts {
    display: grid;
    gap: var(--_s0);
    overflow-wrap: anywhere;
  }

  .texts > :nth-child(n + 2) {
    color: var(--_text-muted);
    font-family: var(--_font-voice);
  }

  .interim {
    text-decoration: underline dotted 1.5px;
    text-underline-offset: 0.22em;
  }

  mark {
    background: color-mix(in oklab, var(--_thinking) 35%, transparent);
    color: inherit;
    border-radius: 3px;
  }

  .more {
    inline-size: 100%;
    margin-block: var(--_s2);
  }

  .follow {
    position: absolute;
    inset-block-end: 10px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
    max-inline-size: 100%;
    box-shadow: var(--_shadow);
  }

  @media (forced-colors: active) {
    .row[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
