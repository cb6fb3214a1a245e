import { VivaPlayerTimeline } from './player-timeline.ts';

if (customElements.get('viva-player-timeline') === undefined) customElements.define('viva-player-timeline', VivaPlayerTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'viva-player-timeline': VivaPlayerTimeline;
  }
}
