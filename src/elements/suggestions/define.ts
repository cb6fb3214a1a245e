import { VivaSuggestions } from './suggestions.ts';

if (customElements.get('viva-suggestions') === undefined) customElements.define('viva-suggestions', VivaSuggestions);

declare global {
  interface HTMLElementTagNameMap {
    'viva-suggestions': VivaSuggestions;
  }
}
