import { css } from 'lit';

export const taskManuscriptStyles = css`
  :host {
    display: grid;
    gap: var(--_s4);
    min-inline-size: 0;
    container-type: inline-size;
  }

  .empty {
    color: var(--_text-muted);
  }

  .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: var(--_s2) var(--_s4);
  }

  .bar .facts {
    padding-block-end: var(--_s3);
  }

  .bar .ways {
    grid-column: 1 / -1;
  }

  ol {
    display: grid;
    gap: var(--_s3);
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
    gap: var(--_s4);
    padding: var(--_s3);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 260px;
  }

  img,
  .no-image {
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    object-fit: contain;
    border-radius: 8px;
    background: var(--_bg-active);
    display: block;
  }

  .no-image {
    display: grid;
    place-items: center;
    color: var(--_text-muted);
    font-size: var(--_small);
  }

  figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: var(--_s1) var(--_s3);
    margin-block-start: var(--_s2);
    font-size: var(--_small);
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }

  .text {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }

  .more {
    justify-self: center;
  }

  @container (max-width: 559px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }

    .bar {
      grid-template-columns: minmax(0, 1fr);
    }

    .bar .facts {
      padding: 0;
    }
  }

  @media print {
    .bar,
    .more,
    figcaption button {
      display: none;
    }

    li {
      break-inside: avoid;
      content-visibility: visible;
    }
  }
`;
