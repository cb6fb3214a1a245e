import { VivaAnnouncer } from './announcer.ts';

if (customElements.get('viva-announcer') === undefined) customElements.define('viva-announcer', VivaAnnouncer);

declare global {
  interface HTMLElementTagNameMap {
    'viva-announcer': VivaAnnouncer;
  }
}
