import { html, nothing } from 'lit';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import './define.ts';

/** What `<viva-voce avatar>` loads: the face in the header of the panel. A page that fills the slot `avatar` has its own. */
export const attach = (host: Launcher): Extra => ({
  panel: () =>
    host.avatar === null || host.querySelector(':scope > [slot="avatar"]') !== null
      ? nothing
      : html`<viva-avatar
          slot="avatar"
          part="avatar"
          .src=${host.avatar === 'visualizer' ? null : host.avatar}
          exportparts="face"
        ></viva-avatar>`,
});
