import { css } from 'lit';

export const attractStyles = css`
  :host {
    position: fixed;
    inset: 0;
    z-index: var(--_z);
    display: block;
    --_night: var(--viva-night,);
  }

  [part='attract'] {
    position: relative;
    display: grid;
    align-items: end;
    justify-items: center;
    block-size: 100%;
    grid-template-columns: minmax(0, 1fr);
    padding: calc(var(--_pad) * 2 + var(--_s6)) min(calc(var(--_pad) * 2 + var(--_s6)), 5vw);
    background: var(--_bg);
    color: var(--_text);
    overflow: hidden;
    cursor: pointer;
    text-align: center;
  }

  [part='attract-media'],
  ::slotted(*) {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .words {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 0.75em;
    max-inline-size: min(36em, 100%);
    padding: 1.5em min(2em, 5vw);
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_bg) 88%, transparent);
  }

  h2 {
    margin: 0;
    font: 400 var(--_display) / 1.1 var(--_font-voice);
    letter-spacing: -0.015em;
    text-wrap: balance;
  }

  p {
    margin: 0;
    text-wrap: pretty;
  }

  .state {
    min-block-size: 1.5em;
    color: var(--_text-muted);
  }

  /* Nothing to say stays a place to say it, and takes none. */
  .state:empty {
    min-block-size: 0;
    margin-block-start: -0.75em;
  }

  [part='attract-begin'] {
    min-inline-size: min(9em, 70vw);
    font-size: var(--_lead);
  }

  /* Words on a dark ground keep their contrast; the film behind them is what shines. */
  :host([night]) {
    color-scheme: dark;
  }

  .veil {
    position: absolute;
    inset: 0;
    background: black;
    opacity: 0;
    pointer-events: none;
    transition: opacity var(--_calm) var(--_ease);
  }

  :host([night]) .veil {
    opacity: 0.78;
  }

  :host([night]) [part='attract'] {
    background: black;
  }

  @media (prefers-reduced-motion: reduce) {
    .veil {
      transition: none;
    }
  }

  @media (prefers-reduced-transparency: reduce) {
    .words {
      background: var(--_bg);
    }
  }
`;
