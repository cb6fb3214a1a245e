import { VivaTranscript } from './transcript.ts';

if (customElements.get('viva-transcript') === undefined) customElements.define('viva-transcript', VivaTranscript);

declare global {
  interface HTMLElementTagNameMap {
    'viva-transcript': VivaTranscript;
  }
}
