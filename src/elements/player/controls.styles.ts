import { css } from 'lit';
import { telephoneStyles } from './telephone.styles.ts';

const controls = css`
  .controls {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    inset-block-end: 0;
    padding: calc(2 * var(--_s6)) var(--_s4) var(--_s2);
    background: linear-gradient(transparent, var(--_film-veil) 45%, var(--_film-deep));
    border-end-start-radius: var(--_msg-radius);
    border-end-end-radius: var(--_msg-radius);
    transition: opacity var(--_quick);
    pointer-events: none;
  }

  .controls > * {
    pointer-events: auto;
  }

  .idle .controls:not(:focus-within, :has(details[open])) {
    opacity: 0;
  }

  .idle:has(:focus-visible) .controls {
    opacity: 1;
  }

  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--_s0);
    min-inline-size: 0;
  }

  .row button {
    border-radius: 10px;
  }

  .row button:hover,
  .row .menu summary:hover,
  .row .menu[open] summary {
    background: var(--_on-film-hover);
  }

  .row :is(button, summary):focus-visible {
    outline-color: var(--_on-film);
    outline-offset: -3px;
  }

  .menu summary {
    inline-size: var(--_target);
    border-radius: 10px;
  }

  .space {
    flex: 1;
  }

  .sound {
    display: flex;
    align-items: center;
  }

  .volume {
    inline-size: 0;
    opacity: 0;
    margin: 0;
    block-size: var(--_target);
    accent-color: var(--_on-film);
    transition:
      inline-size var(--_quick),
      opacity var(--_quick);
  }

  .sound:is(:hover, :focus-within) .volume {
    inline-size: 84px;
    margin-inline-end: var(--_s2);
    opacity: 1;
  }

  .live {
    gap: var(--_s2);
    padding-inline: var(--_s3);
    font-weight: 600;
    font-size: var(--_note);
    white-space: nowrap;
  }

  .dot {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    border: 2px solid var(--_on-film);
  }

  .live.on .dot {
    border-color: transparent;
    background: var(--_recording);
    inline-size: 11px;
    block-size: 11px;
  }

  .time {
    padding-inline: var(--_s2);
    font-size: var(--_note);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .time[disabled] {
    opacity: 1;
  }

  .of {
    color: var(--_on-film-muted);
    word-spacing: var(--_s1);
  }

  .toggle {
    position: relative;
  }

  .toggle[aria-pressed='true']::after {
    content: '';
    position: absolute;
    inset-inline: 12px;
    inset-block-end: 5px;
    block-size: 3px;
    border-radius: 2px;
    background: var(--_primary);
  }

  .panel-button {
    position: relative;
  }

  .badge {
    min-inline-size: 18px;
    padding: 0 var(--_s1);
    border-radius: 9px;
    background: var(--_error);
    color: var(--_on-error);
    font-size: var(--_tiny);
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }

  .panel-button .badge {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 0;
  }

  .row .sheet {
    inset-block: auto calc(100% + 36px);
    grid-template-columns: 1fr 1fr;
    inline-size: min(440px, 100%);
    max-block-size: calc(100cqb - 104px);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .check {
    grid-template-columns: auto 1fr !important;
    align-items: center;
    gap: var(--_s2) !important;
    min-block-size: var(--_target);
    grid-column: 1 / -1;
  }

  .check input {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_primary);
  }

  .row select {
    background: var(--_film-control);
    color: var(--_on-film);
  }
`;

/** The seek bar and the buttons on the picture, and their sheets. */
export const playerControlStyles = [controls, telephoneStyles];
