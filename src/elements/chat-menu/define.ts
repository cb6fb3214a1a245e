import { VivaChatMenu } from './chat-menu.ts';

if (customElements.get('viva-chat-menu') === undefined) customElements.define('viva-chat-menu', VivaChatMenu);

declare global {
  interface HTMLElementTagNameMap {
    'viva-chat-menu': VivaChatMenu;
  }
}
