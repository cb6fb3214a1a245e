import { css } from 'lit';

export const liveCaptionsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
    container-type: inline-size;
  }

  [part='bar'] {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s1) var(--_s2);
  }

  button[aria-disabled='true'] {
    border-style: dashed;
    color: var(--_text-muted);
    cursor: default;
  }

  .status {
    flex: 1 1 6em;
    min-inline-size: 0;
    margin: 0;
    font-size: var(--_note);
    color: var(--_text-muted);
    /* Words of another length move nothing. */
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .status.on::before {
    content: '';
    display: inline-block;
    inline-size: 0.6em;
    block-size: 0.6em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    background: var(--_primary);
  }

  /* Stay together, on a row of their own where there is no room beside. */
  .tools {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-inline-size: 0;
    margin-inline-start: auto;
  }

  .show {
    flex: 1 1 9em;
    min-inline-size: 0;
  }

  /* An empty one needs no row. */
  .status:first-child {
    flex-basis: 0;
  }

  /* At an edge of the window the buttons are quiet, and sheets open towards its middle. */
  :host([placement='bottom']) .sheet {
    inset-block: auto calc(100% + 6px);
  }

  :host(:is([placement='bottom'], [placement='top'])) [part='bar'] {
    padding: var(--_s0) var(--_s2);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    border: 1px solid var(--_border);
  }

  @media (forced-colors: active) {
    .status.on::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
