import type { KioskHealth } from '../../pipelines/kiosk-health.ts';

/** The events of a kiosk, fired at the page by `<viva-voce variant="kiosk">`. */

/** How the kiosk is, at every heartbeat. */
export class VivaHealthEvent extends Event {
  constructor(readonly health: KioskHealth) {
    super('viva-health', { bubbles: true, composed: true });
  }
}

/** A visitor came: what the kiosk noticed. */
export class VivaVisitEvent extends Event {
  constructor(readonly cause: VisitCause) {
    super('viva-visit', { bubbles: true, composed: true });
  }
}

/** Everything of the last visitor was cleared, by the kiosk or by `reset()`; a page that keeps something of its own clears it now. */
export class VivaResetEvent extends Event {
  constructor(readonly reason: ResetReason) {
    super('viva-reset', { bubbles: true, composed: true });
  }
}

export type VisitCause = 'touch' | 'key' | 'voice' | 'camera';
export type ResetReason = 'idle' | 'visitor' | 'keeper' | 'page';

declare global {
  interface GlobalEventHandlersEventMap {
    'viva-health': VivaHealthEvent;
    'viva-visit': VivaVisitEvent;
    'viva-reset': VivaResetEvent;
  }
}
