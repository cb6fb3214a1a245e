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
    gap: var(--_s3);
    padding: var(--_s5) var(--_pad) var(--_s6);
  }

  [part='consent'] > * {
    max-inline-size: 62ch;
  }

  h3 {
    margin: 0;
    font: 400 var(--_title) / 1.15 var(--_font-voice);
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
    gap: var(--_s2);
  }

  .answers button {
    flex: 1 1 auto;
  }
`;
