import { css } from 'lit';

export const taskCountsStyles = css`
  :host {
    display: grid;
    gap: var(--_s2);
    min-inline-size: 0;
  }

  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(124px, 1fr));
    gap: var(--_s2);
  }

  button {
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_s0);
    padding: var(--_s3) var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  .all {
    --_status: var(--_text);
  }

  .number {
    font-size: var(--_title);
    font-weight: 600;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }

  button[aria-pressed='true'] {
    border-color: var(--_status);
    background: color-mix(in oklab, var(--_status) 10%, var(--_bg-raised));
    box-shadow: inset 0 0 0 1px var(--_status);
  }

  .chart {
    inline-size: 100%;
    block-size: 10px;
    border-radius: 5px;
    background: var(--_bg-active);
    stroke: none;
  }

  :host(:dir(rtl)) .chart {
    scale: -1 1;
  }

  rect {
    fill: var(--_status);
    stroke: none;
  }

  @media (max-width: 479px) {
    .counts {
      display: flex;
      overflow-x: auto;
      scroll-snap-type: inline proximity;
      padding-block: var(--_s1);
      margin-block: calc(-1 * var(--_s1));
      padding-inline: var(--_s1);
      margin-inline: calc(-1 * var(--_s1));
      scrollbar-width: none;
    }

    button {
      flex: none;
      scroll-snap-align: start;
    }
  }

  @media (forced-colors: active) {
    rect {
      fill: CanvasText;
    }
  }
`;
