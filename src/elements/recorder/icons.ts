import { html } from 'lit';

/** The drawn signs of the recorder, 24 × 24, in the colour of the text beside them. */

export const recordIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="8" />
  <circle cx="12" cy="12" r="3.5" fill="currentColor" />
</svg>`;
export const pauseIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 6v12M15 6v12" /></svg>`;
