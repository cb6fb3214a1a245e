import { css } from 'lit';

export const kioskIdleStyles = css`
  dialog {
    max-inline-size: min(32em, 90vw);
    padding: 2em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font: inherit;
    text-align: center;
    box-shadow: var(--_shadow);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.55);
  }

  h2 {
    margin: 0 0 0.4em;
    font: 400 2em/1.1 var(--_font-voice);
  }

  p {
    margin: 0 0 1.2em;
    font-size: var(--_lead);
    font-variant-numeric: tabular-nums;
  }

  [part='idle-stay'] {
    inline-size: 100%;
    font-size: var(--_lead);
  }
`;
