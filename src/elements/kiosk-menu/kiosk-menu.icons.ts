import { html } from 'lit';

/** The signs of the kiosk's buttons, as those in `icons.ts`. */

export const languageIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="8.5" />
  <path d="M3.5 12h17M12 3.5c3 2.4 3 14.6 0 17c-3-2.4-3-14.6 0-17Z" />
</svg>`;

export const sizeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="m3 18 5-12 5 12M5 14h6M15 18l3-7 3 7M16 16h4" />
</svg>`;

export const loudspeakerIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
</svg>`;

export const fullIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
</svg>`;
