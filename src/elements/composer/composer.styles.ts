import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
  }

  form {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_s1);
    padding: var(--_s0);
    border: 1px solid var(--_control);
    border-radius: var(--_input-radius);
    background: var(--_bg-input);
  }

  viva-attachments {
    flex: 0 0 100%;
  }

  viva-attachments:not(:defined) {
    display: none;
  }

  .drop {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    margin: 0;
    border: 2px dashed var(--_primary);
    border-radius: inherit;
    background: var(--_bg-input);
    pointer-events: none;
  }

  form:focus-within {
    border-color: var(--_primary);
    box-shadow: 0 0 0 1px var(--_primary);
  }

  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--_target);
    max-block-size: 140px;
    padding-block: calc((var(--_target) - 1.5em) / 2);
    padding-inline: var(--_s1);
    border: 0;
    background: none;
    resize: none;
    line-height: 1.5;
    field-sizing: content;
  }

  [part='input']:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  button[aria-disabled='true']:is(*, :hover, :active) {
    background: none;
    color: var(--_text-muted);
    cursor: default;
  }

  @media (forced-colors: active) {
    form:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
