import { VivaStatus } from './status.ts';

if (customElements.get('viva-status') === undefined) customElements.define('viva-status', VivaStatus);

declare global {
  interface HTMLElementTagNameMap {
    'viva-status': VivaStatus;
  }
}
