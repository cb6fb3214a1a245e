import { css } from 'lit';

export const playerTimelineStyles = css`
  :host {
    display: block;
    --_line: 4px;
    /* The page's direction moves everything: 1 from the left, −1 from the right. */
    --_way: 1;
  }

  :host(:dir(rtl)) {
    --_way: -1;
  }

  .whole {
    position: relative;
  }

  .bar {
    position: relative;
    display: grid;
    align-items: center;
    block-size: 28px;
    cursor: pointer;
    touch-action: none;
    border-radius: 6px;
    -webkit-tap-highlight-color: transparent;
  }

  /* Seen 28 px high, hit 44. */
  .bar::before {
    content: '';
    position: absolute;
    inset: -8px 0;
  }

  .track {
    position: relative;
    block-size: var(--_line);
    border-radius: 3px;
    overflow: hidden;
    background: var(--_on-film-line);
    transition: block-size var(--_quick);
  }

  .bar:is(:hover, :focus-visible) .track {
    --_line: 7px;
  }

  .track > * {
    position: absolute;
    inset-block: 0;
  }

  .loaded {
    inset-inline-start: 0;
    inline-size: var(--loaded);
    background: var(--_on-film-line);
  }

  .played {
    inset-inline-start: 0;
    inline-size: var(--at);
    background: var(--_primary);
  }

  .gap {
    inset-inline-start: var(--from);
    inline-size: max(2px, calc(var(--to) - var(--from)));
    background: repeating-linear-gradient(135deg, var(--_film) 0 3px, var(--_film-hatch) 3px 6px);
  }

  .cut {
    inset-inline-start: var(--from);
    inline-size: 3px;
    background: var(--_film);
  }

  .thumb {
    position: absolute;
    inset-block-start: calc(50% - 8px);
    inset-inline-start: calc(var(--at) - 8px);
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: var(--_on-film);
    box-shadow: 0 1px 4px var(--_film-veil);
    scale: 0.75;
    transition: scale var(--_quick);
    pointer-events: none;
  }

  .bar:is(:hover, :focus-visible) .thumb {
    scale: 1;
  }

  .marker {
    position: absolute;
    inset-block-start: calc(50% - 7px);
    inset-inline-start: calc(var(--from) - 4px);
    inline-size: 8px;
    block-size: 14px;
    border-radius: 4px;
    border: 1.5px solid var(--_film);
    background: var(--_severity);
  }

  /* Told apart without colour as well. */
  .marker.info {
    inset-block-start: calc(50% - 4px);
    block-size: 8px;
  }

  .marker.critical {
    inset-block-start: calc(50% - 9px);
    block-size: 18px;
    border-radius: 1px;
    z-index: 1;
  }

  .lane {
    position: relative;
    block-size: 5px;
    margin-block-end: var(--_s0);
    border-radius: 3px;
    overflow: hidden;
    background: var(--_on-film-hover);
  }

  .scene {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--from);
    inline-size: max(2px, calc(var(--to) - var(--from) - 1px));
    border-radius: 2px;
    background: var(--_on-film-blue);
  }

  .heard .scene {
    background: var(--_on-film-amber);
  }

  .scene:nth-child(even) {
    opacity: 0.65;
  }

  .preview {
    position: absolute;
    z-index: 3;
    inset-block-end: calc(100% + 8px);
    inset-inline-start: clamp(0px, calc(var(--at) - 100px), calc(100% - 200px));
    inline-size: 200px;
    display: grid;
    justify-items: center;
    gap: var(--_s1);
    pointer-events: none;
    text-align: center;
    font-size: var(--_note);
    color: var(--_on-film);
  }

  .preview > * {
    margin: 0;
    max-inline-size: 100%;
  }

  .preview p {
    padding: 1px var(--_s2);
    border-radius: 6px;
    background: var(--_film);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .preview .alert {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    font-weight: 600;
  }

  .preview .alert svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .preview .time {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  .thumbnail {
    max-inline-size: 200px;
    border-radius: 8px;
    box-shadow:
      0 0 0 2px var(--_on-film-soft),
      0 6px 20px var(--_film-veil);
    background: var(--_film);
  }

  .sprite {
    position: relative;
    overflow: hidden;
    inline-size: var(--w);
    block-size: var(--h);
  }

  .sprite img {
    position: absolute;
    max-inline-size: none;
    left: var(--x);
    top: var(--y);
  }

  /* A small picture has no room for a large one on it. */
  @container (max-height: 260px) {
    .thumbnail {
      zoom: 0.6;
    }
  }

  @media (forced-colors: active) {
    .track {
      outline: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }

    .played {
      background: Highlight;
    }

    .loaded {
      background: GrayText;
    }

    .thumb {
      forced-color-adjust: none;
      background: ButtonText;
    }

    .marker {
      forced-color-adjust: none;
      background: CanvasText;
      border-color: Canvas;
    }
  }
`;
