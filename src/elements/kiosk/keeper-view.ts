import { html, nothing } from 'lit';
import type { KioskOptions } from '../../pipelines/kiosk-options.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { diagnose } from './diagnose.ts';
import type { FullScreen } from './full-screen.ts';
import type { Keeper } from './keeper.ts';
import type { ResetReason } from './kiosk-events.ts';
import type { Machinery } from './machinery.ts';
import { calibration, echo, keepRoom } from './tuning.ts';

/** The keeper's panel, fetched when it is opened. */

export interface KeeperActs {
  readonly host: Launcher;
  readonly options: KioskOptions;
  readonly keeper: Keeper;
  readonly machinery: Machinery;
  readonly fullScreenMode: FullScreen;
  leave(reason: ResetReason): void;
  changed(): void;
}

export function keeperView(kiosk: KeeperActs) {
  const { host, keeper, machinery, fullScreenMode } = kiosk;
  if (!keeper.open) return nothing;
  void import('../kiosk-keeper/define.ts');
  const leave = (): void => {
    fullScreenMode.leave().then(keeper.close, reportError);
  };
  const restart = (): void => {
    kiosk.leave('keeper');
    machinery.reloading.reload('keeper').catch(reportError);
  };
  return html`<viva-kiosk-keeper
    exportparts="keeper,keeper-pin"
    .strings=${host.words}
    .tries=${keeper.tries}
    .admitted=${keeper.admitted}
    .full=${fullScreenMode.active}
    .diagnose=${() => diagnose(kiosk)}
    .calibrate=${calibration(machinery.edges)}
    .echo=${echo(machinery.edges)}
    .level=${machinery.edges.level$}
    @pin=${(event: CustomEvent<string>) => keeper.enter(event.detail).catch(reportError)}
    @close=${keeper.close}
    @leave=${leave}
    @full=${() => fullScreenMode.ask()}
    @restart=${restart}
    @room=${(event: CustomEvent<Parameters<typeof keepRoom>[0]>) => {
      keepRoom(event.detail);
      machinery.tune(event.detail);
    }}
  ></viva-kiosk-keeper>`;
}
