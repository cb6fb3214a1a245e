import { html } from 'lit';

/** The drawn signs of written conversation, 24 × 24, in the colour of the text beside them. */

export const tickIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.5 4.5 4.5L19 7.5" /></svg>`;
export const moreIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.6" />
</svg>`;
export const pictureIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3.5" y="4.5" width="17" height="15" rx="3" />
  <circle cx="9" cy="10" r="1.6" />
  <path d="m4 17 5-4 3.5 2.5L16 12l4.5 4" />
</svg>`;
export const binIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M4.5 7h15M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6.5 7l.8 11a2 2 0 0 0 2 1.9h5.4a2 2 0 0 0 2-1.9l.8-11M10.3 11v5M13.7 11v5"
  />
</svg>`;
export const goodIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 11h3v9H4ZM7 11l4-7c1.5 0 2.5 1 2.3 2.6L12.8 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7" />
</svg>`;
export const badIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M20 13h-3V4h3ZM17 13l-4 7c-1.5 0-2.5-1-2.3-2.6l.5-3.4H6a2 2 0 0 1-2-2.4l1.2-6A2 2 0 0 1 7.2 4H17" />
</svg>`;
