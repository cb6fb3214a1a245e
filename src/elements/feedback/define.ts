import { VivaFeedback } from './feedback.ts';

if (customElements.get('viva-feedback') === undefined) customElements.define('viva-feedback', VivaFeedback);

declare global {
  interface HTMLElementTagNameMap {
    'viva-feedback': VivaFeedback;
  }
}
