import { html, nothing } from 'lit';
import { variantNamed } from '../panel/placement.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import './define.ts';

/** What `<viva-voce resizable>` loads. What fills its box or the window takes its size from there. */
export const attach = (host: Launcher): Extra => ({
  panel: () =>
    host.resizable && ['launcher', 'compact', 'expanded'].includes(variantNamed(host.variant))
      ? html`<viva-resizer slot="menu" .words=${host.words} .name=${host.id} exportparts="resize"></viva-resizer>`
      : nothing,
});
