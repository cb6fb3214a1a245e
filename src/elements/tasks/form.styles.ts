import { css } from 'lit';

/** Fields, labels and notes, as every form of the tasks has them. */
export const formStyles = css`
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }

  h2,
  h3 {
    font-size: var(--_large);
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  ul,
  ol {
    list-style: none;
  }

  small,
  .facts,
  .hint {
    font-size: var(--_small);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  form {
    display: grid;
    gap: var(--_s4);
  }

  label,
  .field {
    display: grid;
    gap: var(--_s2);
    min-inline-size: 0;
    align-content: start;
  }

  label > span,
  .field > .name {
    font-size: var(--_small);
    font-weight: 600;
  }

  .optional {
    font-weight: 400;
    color: var(--_text-muted);
  }

  input,
  select,
  textarea {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 10px;
    background: var(--_bg-input);
    color: inherit;
    font: inherit;
  }

  input[type='file'] {
    padding-block: var(--_s2);
  }

  textarea {
    resize: vertical;
    min-block-size: 10em;
    line-height: 1.5;
  }

  ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: var(--_s4);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    align-items: center;
  }

  summary {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    cursor: pointer;
    font-size: var(--_small);
    font-weight: 600;
  }

  summary::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    margin-inline: var(--_s1) var(--_s0);
    border-inline-end: 2px solid currentColor;
    border-block-end: 2px solid currentColor;
    rotate: -45deg;
    transition: rotate var(--_quick);
  }

  details[open] > summary::before,
  :host(:dir(rtl)) summary::before {
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

  .preview {
    padding: var(--_s4) var(--_s4);
    border: 1px solid var(--_border);
    border-radius: 10px;
    max-block-size: 320px;
    overflow-y: auto;
  }

  .progress progress {
    inline-size: 100%;
    block-size: 10px;
    accent-color: var(--_primary);
  }

  .bad {
    color: var(--_error);
    font-size: var(--_small);
    font-weight: 600;
  }

  /* Waits for an answer: it keeps the focus, which a disabled one would lose. */
  button[aria-disabled='true']:is(*, :hover, :active) {
    opacity: 0.4;
    cursor: default;
    scale: none;
  }
`;
