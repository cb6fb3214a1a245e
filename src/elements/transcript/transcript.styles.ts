import { css } from 'lit';

export const transcriptStyles = css`
  :host {
    display: block;
    position: relative;
    min-block-size: 0;
  }

  .scroll {
    block-size: 100%;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
    padding: var(--_s4) var(--_pad) var(--_s6);
    mask-image: linear-gradient(transparent, #000 14px, #000 calc(100% - 20px), transparent);
    outline-offset: -2px;
  }

  .scroll.none {
    display: flex;
    flex-direction: column;
  }

  .scroll:focus-visible {
    border-radius: 8px;
  }

  ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: end;
    gap: var(--_s4);
    min-block-size: 100%;
  }

  li {
    padding: 0;
    border-radius: var(--_msg-radius);
    max-inline-size: 62ch;
  }

  .who {
    display: block;
    font-size: var(--_tiny);
    font-weight: 600;
    letter-spacing: 0.02em;
    color: var(--_text-muted);
  }

  p {
    margin: var(--_s0) 0 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .words {
    white-space: pre-wrap;
  }

  .agent > :is(p:not(.sources), viva-markdown) {
    font-family: var(--_font-voice);
    font-size: var(--_lead);
    line-height: 1.42;
  }

  .agent > viva-markdown {
    font-size: var(--_lead);
  }

  viva-markdown:not(:defined) {
    display: block;
    white-space: pre-wrap;
  }

  viva-markdown + .cut {
    margin-inline-start: 0;
  }

  /* Kept, so that the list does not jump when they come. */
  viva-answer-tools:not(:defined) {
    display: block;
    block-size: calc(var(--_target) - 18px);
  }

  .resumed {
    display: flex;
    max-inline-size: none;
    align-items: center;
    gap: var(--_s2);
  }

  .resumed::before,
  .resumed::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_border);
  }

  .user {
    padding-inline-start: var(--_s4);
    border-inline-start: 2px solid var(--_msg-user-border);
    border-radius: 0;
    background: var(--_msg-user-bg);
  }

  .user.live p {
    color: var(--_text-muted);
  }

  .system {
    color: var(--_text-muted);
    font-size: var(--_note);
  }

  .live p::after {
    content: '';
    display: inline-block;
    inline-size: 2px;
    block-size: 0.95em;
    margin-inline-start: var(--_s0);
    vertical-align: -0.1em;
    background: var(--_primary);
    animation: caret var(--_pulse) steps(2, jump-none) infinite;
  }

  .agent.live p::after {
    background: var(--_speaking);
  }

  @keyframes caret {
    to {
      opacity: 0;
    }
  }

  .cut {
    display: inline-flex;
    align-items: center;
    font: 500 var(--_small) / 1.4 var(--_font);
    color: var(--_text-muted);
    margin-inline-start: var(--_s2);
    white-space: nowrap;
    vertical-align: 0.08em;
  }

  .cut::before {
    content: '';
    inline-size: 22px;
    border-block-start: 2px dashed currentColor;
    margin-inline-end: var(--_s2);
  }

  .sources {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--_s2);
    font-size: var(--_note);
    color: var(--_text-muted);
  }

  .sources a {
    display: inline-flex;
    align-items: center;
    min-block-size: 32px;
    color: var(--_primary);
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }

  .latest {
    position: absolute;
    inset-block-end: 8px;
    inset-inline: 0;
    inline-size: max-content;
    margin-inline: auto;
    font-size: var(--_note);
    box-shadow: var(--_shadow);
  }

  .latest[hidden] {
    display: none;
  }

  .latest svg {
    inline-size: max(18px, 1.125em);
    block-size: max(18px, 1.125em);
  }
`;
