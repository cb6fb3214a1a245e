import { css } from 'lit';

export const alertStyles = css`
  :host {
    display: block;
  }

  [part='alert'] {
    margin-block-end: 12px;
    padding: 14px 16px;
    border-radius: var(--_msg-radius);
    background: color-mix(in oklab, var(--_error) 9%, var(--_bg-raised));
    border: 1px solid color-mix(in oklab, var(--_error) 35%, transparent);
    animation: come var(--_calm) var(--_ease);
  }

  @keyframes come {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }

  p {
    margin: 0;
    text-wrap: pretty;
  }

  .code {
    font-size: 0.8125em;
    color: var(--_text-muted);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 10px;
  }
`;
