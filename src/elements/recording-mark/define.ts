import { VivaRecordingMark } from './recording-mark.ts';

if (customElements.get('viva-recording-mark') === undefined) customElements.define('viva-recording-mark', VivaRecordingMark);

declare global {
  interface HTMLElementTagNameMap {
    'viva-recording-mark': VivaRecordingMark;
  }
}
