import { css } from 'lit';

export const alertStyles = css`
  :host {
    display: block;
  }

  [part='alert'] {
    margin-block-end: var(--_s3);
    padding: var(--_s4) var(--_s4);
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
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    margin-block-start: var(--_s3);
  }
`;
