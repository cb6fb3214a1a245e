import { html } from 'lit';
import type { AlertSeverity } from '../../shared/stream-feed.ts';

/** Severities told by shape as well as by colour. */
export const severityIcons: Readonly<Record<AlertSeverity, unknown>> = {
  info: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5.5M12 7.4v.2" />
  </svg>`,
  warning: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3.5 21.5 20h-19ZM12 9.5v5M12 17.3v.2" />
  </svg>`,
  critical: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8ZM12 7.5v6M12 16.6v.2" />
  </svg>`,
};
export const muteIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M5.5 17h13c-1.3-1.4-1.8-3-1.8-6.2a4.7 4.7 0 0 0-9.4 0C7.3 14 6.8 15.6 5.5 17ZM10 20a2.2 2.2 0 0 0 4 0M4 4l16 16" />
</svg>`;
export const tickIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.5 4.5 4.5L19 7.5" /></svg>`;
