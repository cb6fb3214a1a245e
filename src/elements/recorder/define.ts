import '../recording-mark/define.ts';
import { VivaRecorder } from './recorder.ts';

if (customElements.get('viva-recorder') === undefined) customElements.define('viva-recorder', VivaRecorder);

declare global {
  interface HTMLElementTagNameMap {
    'viva-recorder': VivaRecorder;
  }
}
