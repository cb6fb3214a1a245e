import { css } from 'lit';

export const taskDetailStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    container-type: inline-size;
  }

  article {
    display: grid;
    gap: var(--_s4);
    grid-template-columns: minmax(0, 1fr);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--_s3) var(--_s5);
  }

  .title {
    display: grid;
    gap: var(--_s1);
    flex: 1 1 280px;
    min-inline-size: 0;
  }

  .title .facts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s1) var(--_s3);
    align-items: center;
  }

  header > .facts {
    flex: 1 0 100%;
  }

  .plain {
    padding-inline: var(--_s1);
    text-decoration: underline;
    text-underline-offset: 3px;
    flex: 1 0 100%;
    justify-content: flex-start;
  }

  .back {
    display: var(--_back, none);
  }

  .empty {
    color: var(--_text-muted);
  }

  viva-player {
    border-radius: var(--_msg-radius);
    overflow: clip;
    max-inline-size: 760px;
  }

  .steps {
    padding: var(--_s4) var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  .steps ol {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(116px, 1fr));
    gap: var(--_s3);
  }

  .steps li {
    display: grid;
    gap: var(--_s1);
    align-content: end;
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .steps :is(.now, .done) {
    color: var(--_text);
  }

  .steps .now {
    font-weight: 600;
  }

  .word {
    color: var(--_text-muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  progress {
    inline-size: 100%;
    block-size: 8px;
    accent-color: var(--_primary);
  }

  .tabs {
    display: flex;
    gap: var(--_s1);
    overflow-x: auto;
    border-block-end: 1px solid var(--_border);
    scrollbar-width: thin;
  }

  .tabs button {
    flex: none;
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
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    align-content: start;
  }

  .pane:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 6px;
    border-radius: 4px;
  }

  dl {
    display: grid;
    gap: var(--_s2);
  }

  dl > div {
    display: grid;
    grid-template-columns: minmax(110px, 180px) minmax(0, 1fr);
    gap: var(--_s1) var(--_s4);
  }

  dt {
    color: var(--_text-muted);
  }

  dd {
    overflow-wrap: anywhere;
  }

  a {
    color: var(--_primary);
    text-underline-offset: 3px;
  }

  .cover {
    max-inline-size: min(100%, 360px);
    max-block-size: 200px;
    border-radius: var(--_msg-radius);
    justify-self: start;
  }

  @container (max-width: 459px) {
    .tabs {
      gap: 0;
    }

    .tabs button {
      padding-inline: var(--_s3);
    }

    dl > div {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
  }

  @media print {
    header .ways,
    .plain,
    viva-player,
    .tabs,
    .steps,
    .pane > .ways {
      display: none;
    }
  }
`;
