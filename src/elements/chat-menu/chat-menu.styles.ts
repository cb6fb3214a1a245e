import { css } from 'lit';

export const chatMenuStyles = css`
  :host {
    display: block;
    flex: none;
  }

  .sheet {
    inset-inline: 10px;
    inset-block-start: calc(100% - 2px);
    inline-size: auto;
    min-inline-size: 0;
    max-inline-size: 340px;
    margin-inline-start: auto;
    max-block-size: min(70vh, 480px);
    overflow-y: auto;
  }

  p {
    margin: 0;
    color: var(--_text-muted);
    font-size: var(--_note);
    text-wrap: pretty;
  }

  .title {
    font-weight: 600;
  }

  .formats {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--_s0);
  }

  .sheet button {
    text-align: start;
    line-height: 1.25;
    min-inline-size: 0;
  }

  ::slotted(button) {
    font: inherit;
    color: inherit;
    min-block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 0;
    border-radius: 10px;
    background: none;
    text-align: start;
    cursor: pointer;
  }

  ::slotted(button:hover) {
    background: var(--_bg-hover);
  }

  ::slotted(button:focus-visible) {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
  }
`;
