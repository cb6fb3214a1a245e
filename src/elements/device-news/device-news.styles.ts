import { css } from 'lit';

export const deviceNewsStyles = css`
  :host {
    display: block;
  }

  p {
    margin: 0;
    font-size: var(--_note);
    overflow-wrap: anywhere;
  }

  /* Over a page; in a panel it has a slot and a ground. */
  :host(:not([slot])) p:not(:empty) {
    inline-size: fit-content;
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_bg-raised);
    color: var(--_text);
  }
`;
