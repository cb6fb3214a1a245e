import { html, nothing } from 'lit';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Metering } from '../viva-voce/metering.ts';
import './define.ts';

/** What `<viva-voce metrics>`, `prices` and `spending-limit` load. */
export function attach(host: Launcher): Extra {
  const metering = Metering.of(host);
  return {
    panel: () =>
      host.metrics || metering.limitReached
        ? html`<viva-metrics
            slot="notice"
            exportparts="metrics,limit"
            .readings=${metering.readings}
            .differences=${host.assistant?.state.value.settings?.differences ?? []}
            .limit=${metering.limit}
            .reached=${metering.limitReached}
            .shown=${host.metrics}
            .strings=${host.words}
          ></viva-metrics>`
        : nothing,
  };
}
