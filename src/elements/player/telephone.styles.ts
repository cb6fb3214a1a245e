import { css } from 'lit';

/** What is otherwise on a small picture, and where its sheets open. */
export const telephoneStyles = css`
  /* A telephone: what its own keys do needs no button, and sheets open below the picture. */
  @container (max-width: 560px) {
    .controls {
      padding-inline: var(--_s1);
      padding-block-end: 0;
    }

    .controls viva-player-timeline {
      margin-inline: var(--_s3);
    }

    .pip,
    .sound,
    .of {
      display: none;
    }

    .row {
      gap: 0;
    }

    .time {
      padding-inline: var(--_s1);
      font-size: var(--_small);
    }

    .live {
      padding-inline: var(--_s2);
    }

    /* At the live edge the time is now; behind it, the dot alone leads back. */
    .live.on + .time {
      display: none;
    }

    .live:not(.on) {
      font-size: 0;
      gap: 0;
    }

    .captions {
      inset-inline: 3%;
    }

    /* Between toasts and buttons there is room for one line, and for what can be done about it. */
    .stage:has(.banner) viva-player-timeline,
    .banner p:not(.title) {
      display: none;
    }

    .cover:has(.banner) {
      z-index: 3;
      align-items: end;
      padding-block-end: calc(var(--_target) + var(--_s2));
    }

    .banner button {
      flex: none;
    }

    .banner {
      display: flex;
      align-items: center;
      max-inline-size: 100%;
      padding: var(--_s1) var(--_s4);
      gap: var(--_s3);
      font-size: var(--_small);
      text-align: start;
    }

    .big {
      inline-size: 60px;
      block-size: 60px;
    }

    .row .sheet {
      position: absolute;
      inset-block: calc(100% + 6px) auto;
      grid-template-columns: 1fr;
      inline-size: 100%;
      max-block-size: 380px;
    }
  }

  .stage:has(.row details[open]) {
    z-index: 2;
  }

  @media (max-width: 620px) {
    .stage:has(.row details[open]) {
      overflow: visible;
    }

    .stage:has(.row details[open]) video {
      border-radius: var(--_msg-radius);
    }
  }
`;
