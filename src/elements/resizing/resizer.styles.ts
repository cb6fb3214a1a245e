import { css } from 'lit';

export const resizerStyles = css`
  :host {
    display: contents;
  }

  /* The sign points to the corner that moves. */
  :is(.bottom.left, .top.right, .top.middle) svg {
    scale: -1 1;
  }

  /* A sheet at the bottom of a telephone has one size. */
  @media (max-width: 520px) or (max-height: 380px) {
    button {
      display: none;
    }
  }
`;
