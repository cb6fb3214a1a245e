import { css } from 'lit';

export const alertToastsStyles = css`
  :host {
    display: block;
    pointer-events: none;
    container-type: inline-size;
  }

  .toasts {
    display: grid;
    gap: var(--_s2);
    justify-items: stretch;
  }

  .toast {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--_s2);
    padding-block: var(--_s2);
    padding-inline: var(--_s4) var(--_s1);
    border-radius: var(--_msg-radius);
    border: 1px solid color-mix(in oklab, var(--_severity) 45%, var(--_border));
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    pointer-events: auto;
    animation: in var(--_calm) var(--_ease);
  }

  .toast.critical {
    border-width: 2px;
    border-color: var(--_severity);
  }

  .toast > .icon {
    color: var(--_text-muted);
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .label {
    font-weight: 600;
  }

  .time,
  .more {
    font-size: var(--_small);
    font-weight: 400;
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }

  .text {
    font-size: var(--_note);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    column-gap: var(--_s2);
  }

  .body > p {
    grid-column: 1;
  }

  .ways {
    grid-area: 1 / 2 / span 3;
    display: grid;
    gap: var(--_s1);
  }

  .ways:not(:has(button)) {
    display: none;
  }

  .ways button {
    padding-inline: var(--_s4);
    font-size: var(--_note);
  }

  /* A picture of middling height has room for two. */
  @container (max-height: 430px) {
    .toast:nth-last-child(n + 3) {
      display: none;
    }
  }

  /* On a small one there is one at a time, in two rows. */
  @container (max-width: 348px) {
    .toast:not(:last-child) {
      display: none;
    }

    .toast {
      gap: var(--_s2);
      padding-block: var(--_s1);
      padding-inline: var(--_s3) 0;
    }

    .label,
    .text {
      display: block;
      line-height: 1.35;
      font-size: var(--_note);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .more,
    .time {
      display: none;
    }

    .toast > .icon {
      margin: 0;
    }
  }

  @keyframes in {
    from {
      opacity: 0;
      translate: 0 -8px;
    }
  }
`;
