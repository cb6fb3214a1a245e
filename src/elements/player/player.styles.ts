import { css } from 'lit';

export const playerStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    container-type: inline-size;
    color-scheme: inherit;
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  /* On a picture everything is light on dark, whatever the page is. */
  .stage {
    color-scheme: dark;
    position: relative;
    display: grid;
    overflow: clip;
    overflow-clip-margin: 0;
    aspect-ratio: 16 / 9;
    min-block-size: 0;
    border-radius: var(--_msg-radius);
    background: #000;
    color: #fff;
    isolation: isolate;
    /* Captions, buttons and sheets are as large as the picture lets them. */
    container-type: size;
  }

  .stage.idle:not(:has(details[open])) {
    cursor: none;
  }

  .picture {
    display: contents;
  }

  video {
    grid-area: 1 / 1;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    object-fit: contain;
    background: #000;
  }

  .captions {
    position: absolute;
    z-index: 1;
    inset-inline: 6%;
    inset-block-end: calc(6% + var(--_raised, 0px));
    display: grid;
    justify-items: center;
    pointer-events: none;
    transition: inset-block-end var(--_quick);
  }

  .stage:has(.controls):not(.idle),
  .stage:has(details[open]) {
    --_raised: 84px;
  }

  viva-caption-rows {
    --viva-caption-size: clamp(0.9rem, 3cqi, 1.9rem);
    inline-size: 100%;
    max-inline-size: 60rem;
    text-align: center;
  }

  viva-caption-rows::part(box) {
    justify-self: center;
    border-color: transparent;
    border-radius: 8px;
    padding: 0.25em 0.7em;
    gap: 0.15em;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin-inline: auto;
    text-wrap: balance;
  }

  viva-caption-rows::part(caption) {
    block-size: auto;
    max-block-size: calc(var(--_rows) * 1lh);
    line-height: 1.35;
  }

  .ground-half viva-caption-rows::part(box) {
    background: color-mix(in srgb, var(--_ground) 78%, transparent);
  }

  .ground-none viva-caption-rows::part(box) {
    background: none;
    text-shadow:
      0 0 3px var(--_ground),
      0 0 3px var(--_ground),
      1px 1px 2px var(--_ground),
      -1px -1px 2px var(--_ground),
      0 0 6px var(--_ground);
  }

  .cover {
    position: absolute;
    z-index: 1;
    inset: 0;
    display: grid;
    place-items: center;
    padding: 16px;
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
    background: #000a;
    border: 2px solid #ffffffd9;
    color: #fff;
  }

  .big:hover {
    background: #000d;
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
    border: 4px solid #ffffff40;
    border-block-start-color: #fff;
    animation: turn 900ms linear infinite;
  }

  .wait {
    opacity: 0;
    animation: appear var(--_quick) 400ms forwards;
    pointer-events: none;
  }

  .banner {
    display: grid;
    justify-items: center;
    gap: 8px;
    max-inline-size: 44ch;
    padding: 16px 22px;
    border-radius: var(--_msg-radius);
    background: #000d;
    border: 1px solid #ffffff40;
    text-align: center;
    text-wrap: balance;
  }

  .banner p {
    margin: 0;
  }

  .banner p:not(.title) {
    font-size: 0.9375em;
    color: #ffffffd9;
  }

  .banner .title {
    font-weight: 600;
  }

  .feed {
    position: absolute;
    z-index: 1;
    inset-block-start: 12px;
    inset-inline-start: 12px;
    margin: 0;
    padding: 3px 10px;
    border-radius: 8px;
    background: #000c;
    font-size: var(--_small);
  }

  viva-alert-toasts {
    position: absolute;
    z-index: 4;
    inset-block-start: 12px;
    inset-inline-end: 12px;
    inline-size: min(360px, calc(100% - 24px));
    max-block-size: calc(100% - 24px);
    color-scheme: light dark;
  }

  slot[name='overlay']::slotted(*) {
    position: absolute;
    inset: 0;
    z-index: 1;
    pointer-events: none;
  }

  .controls {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    inset-block-end: 0;
    padding: 48px 14px 6px;
    background: linear-gradient(transparent, #0009 45%, #000d);
    border-end-start-radius: var(--_msg-radius);
    border-end-end-radius: var(--_msg-radius);
    transition: opacity var(--_quick);
    pointer-events: none;
  }

  .controls > * {
    pointer-events: auto;
  }

  .idle .controls:not(:focus-within, :has(details[open])) {
    opacity: 0;
  }

  .idle:has(:focus-visible) .controls {
    opacity: 1;
  }

  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: 2px;
    min-inline-size: 0;
  }

  .row button {
    border-radius: 10px;
  }

  .row button:hover,
  .row .menu summary:hover,
  .row .menu[open] summary {
    background: #ffffff2e;
  }

  .row :is(button, summary):focus-visible {
    outline-color: #fff;
    outline-offset: -3px;
  }

  .menu summary {
    inline-size: var(--_target);
    border-radius: 10px;
  }

  .space {
    flex: 1;
  }

  .sound {
    display: flex;
    align-items: center;
  }

  .volume {
    inline-size: 0;
    opacity: 0;
    margin: 0;
    block-size: var(--_target);
    accent-color: #fff;
    transition:
      inline-size var(--_quick),
      opacity var(--_quick);
  }

  .sound:is(:hover, :focus-within) .volume {
    inline-size: 84px;
    margin-inline-end: 8px;
    opacity: 1;
  }

  .live {
    gap: 7px;
    padding-inline: 10px;
    font-weight: 600;
    font-size: 0.875em;
    white-space: nowrap;
  }

  .dot {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    border: 2px solid #fff;
  }

  .live.on .dot {
    border-color: transparent;
    background: #ff5a4a;
    inline-size: 11px;
    block-size: 11px;
  }

  .time {
    padding-inline: 8px;
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .time[disabled] {
    opacity: 1;
  }

  .of {
    color: #ffffffb3;
  }

  .of::before {
    content: '/';
    margin-inline-end: 8px;
  }

  .toggle {
    position: relative;
  }

  .toggle[aria-pressed='true']::after {
    content: '';
    position: absolute;
    inset-inline: 12px;
    inset-block-end: 5px;
    block-size: 3px;
    border-radius: 2px;
    background: var(--_primary);
  }

  .panel-button {
    position: relative;
  }

  .badge {
    min-inline-size: 18px;
    padding: 0 5px;
    border-radius: 9px;
    background: var(--_error);
    color: light-dark(#fff, #2a0b06);
    font-size: 0.6875rem;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }

  .panel-button .badge {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 0;
  }

  .row .sheet {
    inset-block: auto calc(100% + 36px);
    grid-template-columns: 1fr 1fr;
    inline-size: min(440px, 100%);
    max-block-size: calc(100cqb - 104px);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .check {
    grid-template-columns: auto 1fr !important;
    align-items: center;
    gap: 10px !important;
    min-block-size: var(--_target);
    grid-column: 1 / -1;
  }

  .check input {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_primary);
  }

  .row select {
    background: #2a3330;
    color: #fff;
  }

  /* While something is explained, nothing that was said stands in its way. */
  .stage:has(.banner) .captions,
  .stage:has(viva-player-timeline[previewing]) .captions {
    display: none;
  }

  /* A telephone: what its own keys do needs no button, and sheets open below the picture. */
  @container (max-width: 560px) {
    .controls {
      padding-inline: 4px;
      padding-block-end: 0;
    }

    .controls viva-player-timeline {
      margin-inline: 10px;
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
      padding-inline: 4px;
      font-size: var(--_small);
    }

    .live {
      padding-inline: 8px;
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

    .banner {
      padding: 10px 14px;
      gap: 4px;
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

  :host(:fullscreen) {
    gap: 0;
    background: #000;
    grid-template-rows: minmax(0, 1fr);
  }

  :host(:fullscreen) .stage {
    aspect-ratio: auto;
    border-radius: 0;
    block-size: 100%;
  }

  @media (prefers-reduced-motion: reduce) {
    .wait {
      opacity: 1;
    }
  }

  @media (forced-colors: active) {
    .stage {
      outline: 1px solid CanvasText;
    }

    .controls {
      background: Canvas;
    }
  }
`;
