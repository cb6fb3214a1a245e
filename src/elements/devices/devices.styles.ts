import { css } from 'lit';

export const devicesStyles = css`
  :host {
    display: block;
  }

  [part='device-menu'] {
    display: grid;
    gap: var(--_s3);
  }

  label {
    display: grid;
    gap: var(--_s1);
  }

  label > span {
    font-size: var(--_small);
    font-weight: 600;
    color: var(--_text-muted);
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    text-overflow: ellipsis;
  }

  input[type='range'] {
    inline-size: 100%;
    block-size: var(--_target);
    margin: 0;
    accent-color: var(--_primary);
  }

  meter {
    inline-size: 100%;
    block-size: 10px;
    margin-block-start: calc(-1 * var(--_s1));
  }

  p {
    margin: 0;
    font-size: var(--_small);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  button {
    justify-self: start;
    font-size: var(--_note);
  }
`;
