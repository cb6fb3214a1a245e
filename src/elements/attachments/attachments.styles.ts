import { css } from 'lit';

export const attachmentsStyles = css`
  :host {
    display: block;
  }

  ul {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    margin: 0;
    padding: var(--_s2);
    list-style: none;
  }

  li {
    position: relative;
    inline-size: 76px;
    block-size: 76px;
    overflow: hidden;
    border-radius: 12px;
    border: 1px solid var(--_border);
    background: var(--_bg-active);
  }

  viva-still {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
  }

  button,
  button:hover {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    background: none;
  }

  button svg {
    padding: var(--_s1);
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    background: var(--_bg);
    color: var(--_text);
  }

  button:hover svg {
    background: var(--_primary);
    color: var(--_on-primary);
  }

  button:focus-visible {
    outline-offset: -3px;
    border-radius: 12px;
  }

  p {
    margin: 0;
    padding: var(--_s1) var(--_s3);
    font-size: var(--_note);
  }
`;
