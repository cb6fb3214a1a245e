import { css } from 'lit';

export const dismissStyles = css`
  :host {
    display: grid;
    max-inline-size: 100%;
  }

  /* Small to the eye and large to a finger: the sign sits at the edge of its target that is next to the launcher. */
  [part='dismiss'] {
    padding: 0;
    align-items: end;
    margin-block-end: calc(-1 * var(--_s2));
    color: var(--_text-muted);
  }

  [part='dismiss']:is(:hover, :active) {
    background: none;
  }

  [part='dismiss'] svg {
    box-sizing: border-box;
    inline-size: 28px;
    block-size: 28px;
    padding: var(--_s1);
    border: 1px solid var(--_border);
    border-radius: 50%;
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
  }

  [part='dismiss']:hover svg {
    color: var(--_text);
    border-color: currentColor;
  }

  :host([below]) [part='dismiss'] {
    align-items: start;
    margin-block: calc(-1 * var(--_s2)) 0;
  }

  :host([below]) {
    order: 1;
  }

  [part='dismissed'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_s3);
    padding: var(--_s1);
    padding-inline-start: var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }

  [part='dismissed'] button {
    margin-inline-start: auto;
    color: var(--_primary);
    font-weight: 600;
  }

  [part='dismissed'] button:focus-visible {
    outline-offset: -2px;
  }

  p {
    margin: 0;
    padding-block: var(--_s2);
    overflow-wrap: anywhere;
  }
`;
