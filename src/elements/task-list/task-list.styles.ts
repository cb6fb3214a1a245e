import { css } from 'lit';

export const taskListStyles = css`
  :host {
    display: grid;
    container-type: inline-size;
    min-block-size: 0;
    min-inline-size: 0;
  }

  .list {
    position: relative;
    overflow-y: auto;
    overscroll-behavior: contain;
    min-block-size: 0;
    contain: strict;
    scrollbar-width: thin;
    scrollbar-color: var(--_control) transparent;
  }

  .all {
    position: relative;
    block-size: var(--_all);
  }

  .row {
    position: absolute;
    inset-inline: 6px;
    inset-block-start: 0;
    translate: 0 var(--_top);
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    grid-template-rows: auto auto;
    column-gap: var(--_s3);
    align-content: center;
    align-items: center;
    block-size: max(76px, 4.75em);
    padding-inline: var(--_s3);
    border-radius: 12px;
    cursor: pointer;
    contain: strict;
    -webkit-tap-highlight-color: transparent;
  }

  .row:hover {
    background: var(--_bg-hover);
  }

  .row[aria-selected='true'] {
    background: var(--_bg-active);
  }

  .row[aria-selected='true'] .name {
    font-weight: 600;
  }

  .row:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: -2px;
  }

  .cover {
    grid-row: 1 / 3;
    inline-size: 60px;
    block-size: 44px;
    border-radius: 8px;
    background: var(--_bg-active);
    color: var(--_text-muted);
    font-weight: 600;
    display: grid;
    place-items: center;
    overflow: clip;
  }

  .cover img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    display: block;
  }

  .name,
  .facts {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts {
    grid-column: 2 / 4;
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .going .name {
    text-decoration: line-through;
    color: var(--_text-muted);
  }

  .bones {
    grid-row: 1 / 3;
    grid-column: 1 / 4;
    block-size: 44px;
    border-radius: 8px;
    background: var(--_bg-hover);
  }

  /* The name first: how it does goes below it. */
  @container (max-width: 379px) {
    .row {
      grid-template-columns: auto auto minmax(0, 1fr);
    }

    .name {
      grid-column: 2 / 4;
    }

    .facts {
      grid-column: 3;
    }
  }

  /* A finger that reaches the end of the list moves the page. */
  @media (hover: none) {
    .list {
      overscroll-behavior: auto;
    }
  }

  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
