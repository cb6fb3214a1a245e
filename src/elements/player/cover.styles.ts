import { css } from 'lit';

/** What lies over the picture: the large button, what is waited for, why it does not play. */
export const coverStyles = css`
  .cover {
    position: absolute;
    z-index: 1;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--_s4);
    pointer-events: none;
  }

  .cover > * {
    pointer-events: auto;
  }

  .big {
    inline-size: 76px;
    block-size: 76px;
    padding: 0;
    border-radius: 50%;
    background: var(--_film-veil);
    border: 2px solid var(--_on-film-soft);
    color: var(--_on-film);
  }

  .big:hover {
    background: var(--_film-deep);
  }

  .big svg {
    inline-size: 34px;
    block-size: 34px;
    translate: 2px 0;
  }

  svg .full,
  svg.full {
    fill: currentColor;
  }

  .ring {
    display: block;
    inline-size: 52px;
    block-size: 52px;
    border-radius: 50%;
    border: 4px solid var(--_on-film-line);
    border-block-start-color: var(--_on-film);
    animation: turn var(--_pulse) linear infinite;
  }

  .wait {
    opacity: 0;
    animation: appear var(--_quick) var(--_calm) forwards;
    pointer-events: none;
  }

  .banner {
    display: grid;
    justify-items: center;
    gap: var(--_s2);
    max-inline-size: 44ch;
    padding: var(--_s4) var(--_s6);
    border-radius: var(--_msg-radius);
    background: var(--_film-deep);
    border: 1px solid var(--_on-film-line);
    text-align: center;
    text-wrap: balance;
  }

  .banner p {
    margin: 0;
  }

  .banner p:not(.title) {
    font-size: var(--_note);
    color: var(--_on-film-soft);
  }

  .banner .title {
    font-weight: 600;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @keyframes appear {
    to {
      opacity: 1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .wait {
      opacity: 1;
    }
  }
`;
