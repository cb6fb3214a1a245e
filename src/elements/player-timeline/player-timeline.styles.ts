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
    background: #ffffff4d;
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
    background: #ffffff66;
  }

  .played {
    inset-inline-start: 0;
    inline-size: var(--at);
    background: var(--_primary);
  }

  .gap {
    inset-inline-start: var(--from);
    inline-size: max(2px, calc(var(--to) - var(--from)));
    background: repeating-linear-gradient(135deg, #000 0 3px, #4a4a4a 3px 6px);
  }

  .cut {
    inset-inline-start: var(--from);
    inline-size: 3px;
    background: #000;
  }

  .thumb {
    position: absolute;
    inset-block-start: calc(50% - 8px);
    inset-inline-start: calc(var(--at) - 8px);
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 4px #0009;
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
    border: 1.5px solid #000;
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
    margin-block-end: 3px;
    border-radius: 3px;
    overflow: hidden;
    background: #ffffff1f;
  }

  .scene {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--from);
    inline-size: max(2px, calc(var(--to) - var(--from) - 1px));
    border-radius: 2px;
    background: #b3bfff;
  }

  .heard .scene {
    background: #f0c67c;
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
    gap: 4px;
    pointer-events: none;
    text-align: center;
    font-size: 0.875em;
    color: #fff;
  }

  .preview > * {
    margin: 0;
    max-inline-size: 100%;
  }

  .preview p {
    padding: 1px 8px;
    border-radius: 6px;
    background: #000;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .preview .alert {
    display: flex;
    align-items: center;
    gap: 6px;
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
      0 0 0 2px #ffffffd9,
      0 6px 20px #000a;
    background: #000;
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
