import { css } from 'lit';

export const kioskKeeperStyles = css`
  dialog {
    inline-size: min(56em, 94vw);
    max-block-size: 92dvh;
    padding: 1.25em 1.5em 1.5em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font: inherit;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.6);
  }

  dialog:has([part='keeper-pin']) {
    inline-size: min(22em, 94vw);
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
  }

  h2 {
    margin: 0;
    font-size: var(--_large);
  }

  p {
    margin: 0.5em 0;
    min-block-size: 1.5em;
  }

  .dots {
    letter-spacing: 0.3em;
    text-align: center;
  }

  .keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: var(--_s2);
  }

  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    margin-block-start: 1em;
  }
`;
