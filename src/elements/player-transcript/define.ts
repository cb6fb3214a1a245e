import { VivaPlayerTranscript } from './player-transcript.ts';

if (customElements.get('viva-player-transcript') === undefined)
  customElements.define('viva-player-transcript', VivaPlayerTranscript);

declare global {
  interface HTMLElementTagNameMap {
    'viva-player-transcript': VivaPlayerTranscript;
  }
}
