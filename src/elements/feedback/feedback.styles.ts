import { css } from 'lit';

export const feedbackStyles = css`
  :host {
    display: block;
  }

  [part='feedback'] {
    display: grid;
    gap: var(--_s2);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    font-weight: 600;
  }

  .stars {
    display: flex;
    margin-inline-start: calc(-1 * var(--_s2));
  }

  .stars label {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    block-size: var(--_target);
    cursor: pointer;
    border-radius: 10px;
    color: var(--_control);
  }

  .stars input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .stars label:has(:focus-visible) {
    outline: 2px solid var(--_primary);
    outline-offset: -2px;
  }

  .stars label.on {
    color: var(--_thinking);
  }

  .stars label.on svg {
    fill: currentColor;
  }

  textarea {
    inline-size: 100%;
    min-block-size: calc(var(--_target) * 1.5);
    max-block-size: 120px;
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    resize: none;
    field-sizing: content;
  }

  .answers {
    display: flex;
    gap: var(--_s2);
  }

  button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }

  p {
    margin: 0;
  }

  @media (forced-colors: active) {
    .stars label.on {
      color: Highlight;
    }
  }
`;
