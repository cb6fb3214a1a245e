import { css } from 'lit';

export const interpreterStyles = css`
  :host {
    color-scheme: light dark;
    /* At least so high, and higher where large text asks for it: nothing is cut off. */
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    container-type: inline-size;
    min-block-size: var(--viva-interpreter-height, min(760px, 86dvh));
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: flex;
    flex-direction: column;
    gap: var(--_s3);
    padding: var(--_pad);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
  }

  header {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s1);
  }

  .tools {
    display: flex;
    gap: var(--_s1);
    margin-inline-start: auto;
  }

  /* Inside the panel, which has a frame already, and where it floats a button in the corner. */
  :host([slot='interpreter']) .frame {
    border: 0;
    border-radius: 0;
  }

  .cornered {
    padding-inline-end: var(--_target);
  }

  /* Its buttons go below it where there is no room beside: in a narrow place, or with large text. */
  .titles {
    flex: 1 1 7em;
    min-inline-size: 0;
  }

  h2 {
    margin: 0;
    overflow-wrap: anywhere;
    font: 600 var(--_lead) / 1.3 var(--_font);
  }

  .status {
    margin: 0;
    font-size: var(--_note);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  .status::before {
    content: '';
    display: inline-block;
    inline-size: 0.55em;
    block-size: 0.55em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    border: 1.5px solid currentColor;
  }

  .status.on::before {
    background: var(--_primary);
    border-color: var(--_primary);
  }

  .pair {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_s2);
  }

  .pair label {
    flex: 1 1 7em;
    display: grid;
    gap: var(--_s0);
    min-inline-size: 0;
  }

  .pair label > span {
    font-size: var(--_tiny);
    font-weight: 600;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  .note {
    margin: 0;
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .share {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_s2) var(--_s2);
    padding: var(--_s3);
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_bg-raised);
  }

  .share label {
    flex: 1 1 14em;
    display: grid;
    gap: var(--_s1);
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  .share input {
    min-inline-size: 0;
    inline-size: 100%;
    block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    color: var(--_text);
    font: inherit;
    font-size: 1rem;
    text-overflow: ellipsis;
  }

  [part='controls'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_s2);
  }

  .wide {
    flex: 1 1 10em;
    max-inline-size: 26em;
    min-block-size: calc(var(--_target) + 8px);
  }

  .pressed {
    background: var(--_primary);
    color: var(--_on-primary);
  }

  .pressed:hover {
    background: var(--_primary-hover);
  }

  .end {
    border-color: var(--_error);
    color: var(--_error);
  }

  .wide[aria-disabled='true'] {
    border-color: var(--_control);
    border-style: dashed;
    color: var(--_text-muted);
    cursor: default;
  }

  @container (max-width: 430px) {
    .frame {
      padding: var(--_s3);
      gap: var(--_s2);
    }
  }

  @media (forced-colors: active) {
    .pressed {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
