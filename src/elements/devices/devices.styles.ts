import { css } from 'lit';

export const devicesStyles = css`
  :host {
    display: block;
  }

  [part='device-menu'] {
    display: grid;
    gap: 12px;
  }

  label {
    display: grid;
    gap: 4px;
  }

  label > span {
    font-size: 0.8125em;
    font-weight: 600;
    color: var(--_text-muted);
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0 12px;
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
    margin-block-start: -4px;
  }

  p {
    margin: 0;
    font-size: 0.8125em;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  button {
    justify-self: start;
    font-size: 0.9375em;
  }
`;
