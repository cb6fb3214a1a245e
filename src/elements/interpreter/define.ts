import '../caption-rows/define.ts';
import { VivaInterpreter } from './interpreter.ts';

if (customElements.get('viva-interpreter') === undefined) customElements.define('viva-interpreter', VivaInterpreter);

declare global {
  interface HTMLElementTagNameMap {
    'viva-interpreter': VivaInterpreter;
  }
}
