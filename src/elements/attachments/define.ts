import { VivaAttachments } from './attachments.ts';

if (customElements.get('viva-attachments') === undefined) customElements.define('viva-attachments', VivaAttachments);

declare global {
  interface HTMLElementTagNameMap {
    'viva-attachments': VivaAttachments;
  }
}
