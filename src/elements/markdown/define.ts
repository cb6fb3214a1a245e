import { VivaMarkdown } from './markdown.ts';

if (customElements.get('viva-markdown') === undefined) customElements.define('viva-markdown', VivaMarkdown);

declare global {
  interface HTMLElementTagNameMap {
    'viva-markdown': VivaMarkdown;
  }
}
