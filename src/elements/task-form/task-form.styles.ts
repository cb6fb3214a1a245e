import { css } from 'lit';

export const taskFormStyles = css`
  :host {
    display: block;
  }

  canvas {
    max-inline-size: 100%;
    block-size: auto;
    max-block-size: 200px;
    inline-size: auto;
    justify-self: start;
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
  }

  .bad:empty {
    display: none;
  }

  [aria-invalid='true'] {
    border-color: var(--_error);
    box-shadow: 0 0 0 1px var(--_error);
  }
`;
