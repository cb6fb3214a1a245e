import { css } from 'lit';

export const playerStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
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
    background: var(--_film);
    color: var(--_on-film);
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
    background: var(--_film);
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

  .feed {
    position: absolute;
    z-index: 1;
    inset-block-start: 12px;
    inset-inline-start: 12px;
    margin: 0;
    padding: var(--_s0) var(--_s3);
    border-radius: 8px;
    background: var(--_film-deep);
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

  /* While something is explained, nothing that was said stands in its way. */
  .stage:has(.banner) .captions,
  .stage:has(viva-player-timeline[previewing]) .captions {
    display: none;
  }

  :host(:fullscreen) {
    gap: 0;
    background: var(--_film);
    grid-template-rows: minmax(0, 1fr);
  }

  :host(:fullscreen) .stage {
    aspect-ratio: auto;
    border-radius: 0;
    block-size: 100%;
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
