import { css } from 'lit';

export const metricsStyles = css`
  :host {
    display: block;
  }

  details {
    border: 1px solid var(--_border);
    border-radius: 12px;
  }

  summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s1) var(--_s2);
    min-block-size: var(--_target);
    padding: var(--_s1) var(--_s3);
    border-radius: 12px;
    font-size: var(--_small);
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary .more {
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }

  summary .more::before {
    content: '·';
    margin-inline-end: var(--_s2);
  }

  .good {
    color: var(--_primary);
  }

  .fair {
    color: var(--_thinking);
  }

  .poor,
  .limit {
    color: var(--_error);
  }

  .all {
    max-block-size: 11em;
    padding: 0 var(--_s3) var(--_s3);
    overflow-y: auto;
    border-radius: 12px;
  }

  summary:focus-visible,
  .all:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: -2px;
  }

  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_s1) var(--_s3);
    margin: 0;
    font-size: var(--_small);
  }

  dt {
    color: var(--_text-muted);
  }

  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }

  .wide {
    grid-column: 1 / -1;
    text-align: start;
  }

  p {
    margin: 0 0 var(--_s2);
    font-size: var(--_note);
  }
`;
