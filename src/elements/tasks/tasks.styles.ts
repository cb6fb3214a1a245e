import { css } from 'lit';

export const tasksStyles = css`
  :host {
    color-scheme: light dark;
    display: block;
    container-type: inline-size;
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: grid;
    gap: var(--_s4);
    grid-template-columns: minmax(0, 1fr);
    padding: var(--_pad);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s3) var(--_s5);
  }

  .frame > [role='alert']:not(:has(*)),
  .unseen {
    position: absolute;
  }

  .both {
    display: grid;
    grid-template-columns: minmax(300px, 5fr) minmax(0, 9fr);
    gap: var(--_s5);
    align-items: start;
  }

  nav {
    position: sticky;
    inset-block-start: 12px;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: var(--_s3);
    block-size: min(var(--viva-tasks-height, 760px), 100vh - 24px);
    min-block-size: 360px;
    padding-block-start: var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    overflow: clip;
  }

  .tools {
    gap: var(--_s2);
    padding-inline: var(--_s4);
  }

  .sort {
    display: flex;
    align-items: center;
    gap: var(--_s2);
  }

  .sort label {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    flex: 0 1 auto;
  }

  .sort label span {
    white-space: nowrap;
  }

  .sort select {
    inline-size: auto;
  }

  .found {
    margin-inline-start: auto;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .detail {
    padding: var(--_s5);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    min-block-size: 360px;
    min-inline-size: 0;
  }

  .detail:focus-visible {
    outline: none;
  }

  .detail:not(:has(*)) {
    visibility: hidden;
  }

  .detail:has(> p.whole) {
    display: grid;
    align-content: center;
  }

  .back {
    display: none;
  }

  .plain {
    padding-inline: var(--_s1);
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  /* One thing at a time where there is little room. */
  @container (max-width: 799px) {
    .frame {
      padding: var(--_s4);
    }

    .both {
      grid-template-columns: minmax(0, 1fr);
    }

    nav {
      position: static;
      block-size: min(var(--viva-tasks-height, 640px), 86vh);
    }

    .frame:not(.chosen) .detail,
    .chosen nav,
    .chosen viva-task-counts,
    .chosen header {
      display: none;
    }

    .detail {
      padding: 0;
      border: 0;
      background: none;
      --_back: inline-flex;
    }

    .back {
      display: inline-flex;
    }
  }

  @media print {
    header,
    nav,
    viva-task-counts,
    .undo,
    .note,
    .trouble {
      display: none;
    }

    .frame,
    .detail {
      display: block;
      padding: 0;
      border: 0;
      background: none;
    }

    .both {
      display: block;
    }
  }
`;
