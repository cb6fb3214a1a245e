import { css } from 'lit';

export const deviceTestStyles = css`
  :host {
    display: block;
  }

  [part='device-test'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
  }

  button {
    font-size: var(--_note);
  }

  meter {
    inline-size: 100%;
    block-size: 10px;
  }

  p {
    flex-basis: 100%;
    margin: 0;
    font-size: var(--_note);
    overflow-wrap: anywhere;
  }
`;
