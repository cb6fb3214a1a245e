import { css } from 'lit';

export const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    block-size: 420px;
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    color: var(--_text);
    overflow: hidden;
  }

  .head {
    display: flex;
    align-items: flex-start;
    gap: var(--_s0);
    padding-block-start: var(--_s1);
    padding-inline: var(--_s1);
    border-block-end: 1px solid var(--_border);
  }

  .tabs {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s1);
    min-inline-size: 0;
    margin-block-end: -1px;
  }

  .tabs [role='tab'] {
    position: relative;
    flex: none;
    gap: var(--_s1);
    padding-inline: var(--_s1);
    border-radius: 10px 10px 0 0;
    font-size: var(--_note);
    white-space: nowrap;
    color: var(--_text-muted);
  }

  .tabs [role='tab'][aria-selected='true'] {
    color: var(--_text);
    font-weight: 600;
  }

  .tabs [role='tab'][aria-selected='true']::after {
    content: '';
    position: absolute;
    inset-inline: 4px;
    inset-block-end: 0;
    block-size: 3px;
    border-radius: 2px 2px 0 0;
    background: var(--_primary);
  }

  .content {
    flex: 1;
    min-block-size: 0;
    padding: var(--_s3);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .content.transcript {
    overflow: hidden;
  }

  .rows {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .goes {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: baseline;
    justify-content: start;
    gap: var(--_s3);
    inline-size: 100%;
    padding: var(--_s2) var(--_s3);
    border-radius: 10px;
    text-align: start;
    overflow-wrap: anywhere;
    scale: none;
  }

  .goes time {
    font-size: var(--_small);
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }

  .goes[aria-current] {
    background: color-mix(in oklab, var(--_primary) 14%, transparent);
  }

  .none {
    margin: var(--_s6) var(--_s2);
    color: var(--_text-muted);
    text-align: center;
  }

  @container (min-width: 860px) {
    .stage:has(+ .panel) {
      grid-area: 1 / 1;
      margin-inline-end: 352px;
    }

    .panel {
      grid-area: 1 / 1;
      justify-self: end;
      inline-size: 340px;
      /* As high as the picture, however much is in it. */
      block-size: 0;
      min-block-size: 100%;
    }
  }

  :host(:fullscreen) .panel {
    border-radius: 0;
    border-block: none;
    border-inline-end: none;
    margin-block: 0;
  }
`;
