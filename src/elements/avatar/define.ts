import { VivaAvatar } from './avatar.ts';

if (customElements.get('viva-avatar') === undefined) customElements.define('viva-avatar', VivaAvatar);

declare global {
  interface HTMLElementTagNameMap {
    'viva-avatar': VivaAvatar;
  }
}
