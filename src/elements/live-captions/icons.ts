import { html } from 'lit';

/** The drawn signs of captions and of the interpreter, 24 × 24, in the colour of the text beside them. */

export const lookIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="m3 18 4.5-12L12 18M4.6 14h5.8M15 18l3-7.5 3 7.5M16.1 15.5h3.8" />
</svg>`;
export const saveIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15" /></svg>`;
export const captionsIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="5" width="18" height="14" rx="3" />
  <path d="M7 12h4M14 12h3M7 15.5h2M12 15.5h5" />
</svg>`;
export const swapIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19" />
</svg>`;
export const speakIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
</svg>`;
export const silentIcon = html`<svg class="flows" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM16 9.5l5 5M21 9.5l-5 5" />
</svg>`;
export const shareIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="6" cy="12" r="2.5" />
  <circle cx="17.5" cy="6" r="2.5" />
  <circle cx="17.5" cy="18" r="2.5" />
  <path d="m8.3 10.8 7-3.6M8.3 13.2l7 3.6" />
</svg>`;
export const peopleIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="8" cy="8.5" r="3" />
  <circle cx="16.5" cy="9.5" r="2.5" />
  <path d="M2.5 19c.4-3.4 2.6-5 5.5-5s5.1 1.6 5.5 5M15 14.2c3.6-.6 6 1 6.5 4.3" />
</svg>`;
export const copyIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="8.5" y="8.5" width="11" height="11" rx="2.5" />
  <path d="M15.5 5.5v-.2A1.8 1.8 0 0 0 13.7 3.5H5.8A2.3 2.3 0 0 0 3.5 5.8v7.9a1.8 1.8 0 0 0 1.8 1.8h.2" />
</svg>`;
