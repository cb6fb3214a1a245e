import { css } from 'lit';

export const kioskMenuStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--_s2);
  }

  dialog {
    max-inline-size: min(64em, 94vw);
    max-block-size: 86dvh;
    padding: 1.25em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font: inherit;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.45);
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(10em, 1fr));
    gap: var(--_s2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li button {
    inline-size: 100%;
  }
`;
