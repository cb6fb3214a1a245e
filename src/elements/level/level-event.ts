/** How loud both sides are, RMS 0–1; at most once in each frame of the screen, and only to who listens at the tag itself. */
export class VivaLevelEvent extends Event {
  constructor(
    readonly input: number,
    readonly output: number,
  ) {
    super('viva-level', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'viva-level': VivaLevelEvent;
  }
}
