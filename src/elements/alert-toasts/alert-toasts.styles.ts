import { css } from 'lit';

export const alertToastsStyles = css`
  :host {
    display: block;
    pointer-events: none;
  }

  .toasts {
    display: grid;
    gap: 8px;
    justify-items: stretch;
  }

  .toast {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    gap: 10px;
    padding-block: 10px;
    padding-inline: 14px 4px;
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

  .sign {
    margin-block-start: 1px;
  }

  .toast > .icon {
    margin-block: -6px;
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
    font-size: 0.9375em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 6px;
  }

  .ways:not(:has(button)) {
    display: none;
  }

  .ways button {
    padding-inline: 14px;
    font-size: 0.9375em;
  }

  @keyframes in {
    from {
      opacity: 0;
      translate: 0 -8px;
    }
  }
`;
