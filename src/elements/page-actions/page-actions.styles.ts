import { css } from 'lit';

export const pageActionsStyles = css`
  :host {
    display: block;
    font-size: var(--_note);
  }

  :host([floating]) {
    position: fixed;
    inset-block-end: calc(var(--_inset-block) + var(--_fab) + var(--_s4) + env(safe-area-inset-bottom));
    inset-inline-end: var(--_inset-inline);
    z-index: var(--_z);
    max-inline-size: min(360px, calc(100vw - 2 * var(--_inset-inline)));
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  [part='question'] {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--_s2);
    padding: var(--_s3) var(--_s4);
    border: 2px solid var(--_primary);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  [part='question'] p {
    grid-column: 1 / -1;
    font-weight: 600;
  }

  .told {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s3);
    color: var(--_text-muted);
  }

  .told:not(:has(:not(:empty))) {
    display: none;
  }

  :host([floating]) .told {
    padding: var(--_s2) var(--_s4);
  }

  [part='mark'] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    outline: 4px solid var(--_primary);
    outline-offset: 4px;
    border-radius: 4px;
    box-shadow: 0 0 0 6px var(--_on-primary);
    pointer-events: none;
    overflow: visible;
  }
`;
