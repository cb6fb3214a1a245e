import { html } from 'lit';

/** The drawn signs of the player, 24 × 24, in the colour of the text beside them. */

export const playIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true" class="full"><path d="M7 4.5v15l12.5-7.5Z" /></svg>`;
export const pauseIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true" class="full">
  <path d="M6.5 5h3.5v14H6.5ZM14 5h3.5v14H14Z" />
</svg>`;
export const replayIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4" /></svg>`;
export const soundIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
</svg>`;
export const quietIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6" />
</svg>`;
export const mutedIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM16 9.5l5 5M21 9.5l-5 5" />
</svg>`;
export const captionsIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="5" width="18" height="14" rx="3" />
  <path d="M10.5 10.3a2 2 0 1 0 0 3.4M17 10.3a2 2 0 1 0 0 3.4" />
</svg>`;
export const settingsIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 7h9M19 7h1M4 12h1M11 12h9M4 17h9M19 17h1" />
  <circle cx="16" cy="7" r="2.3" />
  <circle cx="8" cy="12" r="2.3" />
  <circle cx="16" cy="17" r="2.3" />
</svg>`;
export const panelIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="4.5" width="18" height="15" rx="3" />
  <path d="M14.5 4.5v15M17 9h1.5M17 12.5h1.5" />
</svg>`;
export const pipIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="5" width="18" height="14" rx="3" />
  <rect x="12" y="11.5" width="6.5" height="5" rx="1.2" class="full" />
</svg>`;
export const fullscreenIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"
  />
</svg>`;
export const smallscreenIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M9 4v3.5A1.5 1.5 0 0 1 7.5 9H4M20 9h-3.5A1.5 1.5 0 0 1 15 7.5V4M15 20v-3.5a1.5 1.5 0 0 1 1.5-1.5H20M4 15h3.5A1.5 1.5 0 0 1 9 16.5V20"
  />
</svg>`;
