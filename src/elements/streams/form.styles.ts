import { css } from 'lit';

/** What is filled in and pressed. */
export const formStyles = css`
  .hint {
    margin-block-start: calc(-1 * var(--_s2));
  }

  details.sheet {
    display: block;
  }

  details > form,
  details > .lines,
  details > .empty {
    margin-block-start: var(--_s4);
  }

  summary {
    display: flex;
    align-items: center;
    min-block-size: var(--_target);
    cursor: pointer;
    font-weight: 600;
  }

  summary::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    margin-inline: var(--_s1) var(--_s3);
    border-inline-end: 2px solid currentColor;
    border-block-end: 2px solid currentColor;
    rotate: -45deg;
    transition: rotate var(--_quick);
  }

  :host(:dir(rtl)) summary::before {
    rotate: 45deg;
  }

  details[open] > summary::before {
    rotate: 45deg;
  }

  :host(:dir(rtl)) details[open] > summary::before {
    rotate: -45deg;
  }

  summary:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
    border-radius: 4px;
  }

  label {
    display: grid;
    gap: var(--_s2);
    min-inline-size: 0;
  }

  label > span,
  legend {
    font-size: var(--_small);
    font-weight: 600;
  }

  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s1) var(--_s5);
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    margin-block-end: var(--_s0);
    inline-size: 100%;
  }

  .choice {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    cursor: pointer;
  }

  .choice > span {
    font-size: 1em;
    font-weight: 400;
  }

  .choice input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_primary);
    flex: none;
  }

  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 10px;
    background: var(--_bg-input);
    color: inherit;
    font: inherit;
  }

  textarea {
    resize: vertical;
  }

  ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr));
    gap: var(--_s3);
  }

  form.line {
    grid-template-columns: minmax(0, 1fr);
    align-items: end;
  }

  .ways > button,
  form > button {
    justify-self: start;
  }

  .plain {
    padding-inline: var(--_s1);
    text-decoration: underline;
    text-underline-offset: 3px;
    justify-self: start;
  }

  a,
  .button {
    color: inherit;
    display: inline-flex;
    align-items: center;
    min-block-size: var(--_target);
    text-underline-offset: 3px;
  }

  .button {
    padding-inline: var(--_s4);
    border: 1px solid var(--_control);
    border-radius: var(--_btn-radius);
    text-decoration: none;
  }

  .danger {
    background: var(--_error);
    color: var(--_on-error);
  }

  /* Waits for an answer: it keeps the focus, which a disabled one would lose. */
  button[aria-disabled='true']:is(*, :hover, :active) {
    opacity: 0.4;
    cursor: default;
    scale: none;
  }
`;
