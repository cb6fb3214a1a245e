import { VivaRecorder } from './recorder.ts';
import { VivaRecordingMark } from './recording-mark.ts';

if (customElements.get('viva-recording-mark') === undefined) customElements.define('viva-recording-mark', VivaRecordingMark);
if (customElements.get('viva-recorder') === undefined) customElements.define('viva-recorder', VivaRecorder);

declare global {
  interface HTMLElementTagNameMap {
    'viva-recorder': VivaRecorder;
    'viva-recording-mark': VivaRecordingMark;
  }
}
