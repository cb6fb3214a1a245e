import { html } from 'lit';

/** The drawn signs of the buttons, 24 × 24, in the colour of the text beside them. */

export const voiceIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M3 11v2M7.5 8v8M12 4v16M16.5 8v8M21 11v2" />
</svg>`;
export const microphoneIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5 11a7 7 0 0 0 14 0M12 18v3" />
</svg>`;
export const mutedIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M9 9V6a3 3 0 0 1 6 0v5M9.2 12.2A3 3 0 0 0 14 13.3M5 11a7 7 0 0 0 11.4 5.4M19 11a7 7 0 0 1-.7 3M12 18v3M4 4l16 16" />
</svg>`;
export const stopIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="7" y="7" width="10" height="10" rx="2" />
</svg>`;
export const endIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg>`;
export const cameraIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="6.5" width="12" height="11" rx="2.5" />
  <path d="m15 11 6-3v8l-6-3" />
</svg>`;
export const screenIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="4.5" width="18" height="12" rx="2.5" />
  <path d="M9 20.5h6M12 13.5v-6M9.5 10 12 7.5l2.5 2.5" />
</svg>`;
export const devicesIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 8h9M19 8h1M4 16h1M11 16h9" />
  <circle cx="16" cy="8" r="2.5" />
  <circle cx="8" cy="16" r="2.5" />
</svg>`;
export const closeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9.5 6 6 6-6" /></svg>`;
export const sendIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5M6 11l6-6 6 6" /></svg>`;
export const downIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M6 13l6 6 6-6" /></svg>`;
