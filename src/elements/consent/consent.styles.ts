import { css } from 'lit';

export const consentStyles = css`
  :host {
    display: grid;
    align-content: end;
    min-block-size: 0;
    overflow-y: auto;
  }

  [part='consent'] {
    display: grid;
    gap: 12px;
    padding: 20px var(--_pad) 24px;
    max-inline-size: 62ch;
  }

  h3 {
    margin: 0;
    font: 400 1.625em/1.15 var(--_font-voice);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  h3:focus-visible {
    outline-offset: 4px;
    border-radius: 4px;
  }

  p {
    margin: 0;
    text-wrap: pretty;
  }

  .told {
    color: var(--_text-muted);
  }

  a {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    min-block-size: var(--_target);
    color: var(--_primary);
    text-underline-offset: 3px;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }

  .answers button {
    flex: 1 1 auto;
  }
`;
