import { html } from 'lit';
import type { TaskStatus } from '../../session/tasks.ts';

/** The signs of the statuses: each has a shape of its own, so that colour alone says nothing. */
export const statusSigns: Readonly<Record<TaskStatus, unknown>> = {
  pending: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="8" />
    <path d="M12 7.5V12l3 2" />
  </svg>`,
  listening: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="2" />
    <path
      d="M7.5 7.5a6.4 6.4 0 0 0 0 9M16.5 7.5a6.4 6.4 0 0 1 0 9M4.6 4.6a10.4 10.4 0 0 0 0 14.8M19.4 4.6a10.4 10.4 0 0 1 0 14.8"
    />
  </svg>`,
  recording: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9" />
    <circle cx="12" cy="12" r="4.5" fill="currentColor" />
  </svg>`,
  processing: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3a9 9 0 1 1-8.5 6M3 4.5V9h4.5M8 12h8M8 15.5h5" />
  </svg>`,
  completed: html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9" />
    <path d="m8 12.5 2.7 2.7L16 9.5" />
  </svg>`,
  failed: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5 21.5 20h-19ZM12 10v4.5M12 17v.2" /></svg>`,
};
