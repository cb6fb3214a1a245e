import { VivaDismiss } from './dismiss.ts';

if (customElements.get('viva-dismiss') === undefined) customElements.define('viva-dismiss', VivaDismiss);

declare global {
  interface HTMLElementTagNameMap {
    'viva-dismiss': VivaDismiss;
  }
}
