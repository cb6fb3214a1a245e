import { VivaStreams } from './streams.ts';

if (customElements.get('viva-streams') === undefined) customElements.define('viva-streams', VivaStreams);

declare global {
  interface HTMLElementTagNameMap {
    'viva-streams': VivaStreams;
  }
}
