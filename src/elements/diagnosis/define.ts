import { VivaDiagnosis } from './diagnosis.ts';

if (customElements.get('viva-diagnosis') === undefined) customElements.define('viva-diagnosis', VivaDiagnosis);

declare global {
  interface HTMLElementTagNameMap {
    'viva-diagnosis': VivaDiagnosis;
  }
}
