import '../alert-list/define.ts';
import '../alert-toasts/define.ts';
import '../caption-rows/define.ts';
import '../player-timeline/define.ts';
import '../player-transcript/define.ts';
import { VivaPlayer } from './player.ts';

if (customElements.get('viva-player') === undefined) customElements.define('viva-player', VivaPlayer);

declare global {
  interface HTMLElementTagNameMap {
    'viva-player': VivaPlayer;
  }
}
