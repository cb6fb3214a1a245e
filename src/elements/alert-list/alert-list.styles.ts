import { css } from 'lit';

export const alertListStyles = css`
  :host {
    display: block;
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .none {
    padding: var(--_s6) var(--_s2);
    color: var(--_text-muted);
    text-align: center;
  }

  .labels {
    display: flex;
    gap: var(--_s2);
    overflow-x: auto;
    /* What is only heard is placed in here too: the page would grow by what is scrolled away. */
    position: relative;
    scrollbar-width: thin;
    padding: var(--_s0);
    margin-block: calc(-1 * var(--_s0));
  }

  .labels > * {
    flex: none;
  }

  .chip {
    gap: var(--_s2);
    padding-inline: var(--_s3);
    border-color: var(--_border);
    font-size: var(--_note);
  }

  .chip svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .chip bdi {
    max-inline-size: 14em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .chip[aria-pressed='true'] {
    color: var(--_text-muted);
    text-decoration: line-through;
  }

  .number,
  .count,
  .facts {
    font-variant-numeric: tabular-nums;
  }

  .number {
    color: var(--_text-muted);
  }

  .muted-too {
    display: inline-flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    padding-inline: var(--_s2);
    font-size: var(--_note);
    color: var(--_text-muted);
  }

  .muted-too input {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_primary);
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: var(--_target);
  }

  .count:not(:empty) {
    min-inline-size: 26px;
    padding: 1px var(--_s2);
    border-radius: 13px;
    background: var(--_primary);
    color: var(--_on-primary);
    font-size: var(--_small);
    font-weight: 600;
    text-align: center;
  }

  .quiet {
    margin-inline-start: auto;
    padding-inline: var(--_s3);
    font-size: var(--_note);
    color: var(--_text-muted);
  }

  .quiet svg,
  .ways svg {
    inline-size: 18px;
    block-size: 18px;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: var(--_s0) var(--_s2);
    align-items: start;
    padding: var(--_s3) 0;
    border-block-start: 1px solid var(--_border);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 92px;
  }

  .item.done .label {
    font-weight: 400;
  }

  .item.done .sign {
    opacity: 0.6;
  }

  .label {
    font-weight: 600;
  }

  .text {
    font-size: var(--_note);
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s3);
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .ways {
    display: flex;
    align-items: center;
    gap: var(--_s0);
  }

  .ways .outline {
    padding-inline: var(--_s3);
    font-size: var(--_note);
  }

  .seen {
    min-inline-size: var(--_target);
    font-size: var(--_small);
    color: var(--_text-muted);
    text-align: center;
  }

  .older {
    inline-size: 100%;
    margin-block-start: var(--_s2);
  }
`;
