import { VivaAnswerTools } from './answer-tools.ts';

if (customElements.get('viva-answer-tools') === undefined) customElements.define('viva-answer-tools', VivaAnswerTools);

declare global {
  interface HTMLElementTagNameMap {
    'viva-answer-tools': VivaAnswerTools;
  }
}
