/** The page in full screen: asked for within a gesture, again after it was lost, and left by the keeper alone. */

/** Chromium's, not in TypeScript's DOM. */
interface KeyboardNavigator {
  readonly keyboard?: { lock?(keys: readonly string[]): Promise<void> };
}

export class FullScreen {
  /** The keeper left it; visitors do not bring it back before the next one comes. */
  #released = false;
  /** It was there and went away without the keeper's doing. */
  lost = false;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = () => {
      if (document.fullscreenElement !== null) this.#was = true;
      this.lost = this.#was && document.fullscreenElement === null;
      changed();
    };
  }

  #was = false;

  /** The browser itself may fill the screen (`--kiosk`), which the page cannot see by `fullscreenElement`. */
  get active(): boolean {
    return document.fullscreenElement !== null || matchMedia('(display-mode: fullscreen)').matches;
  }

  get wanted(): boolean {
    return !this.#released && !this.active && document.fullscreenEnabled;
  }

  connect(): void {
    document.addEventListener('fullscreenchange', this.#changed);
  }

  disconnect(): void {
    document.removeEventListener('fullscreenchange', this.#changed);
  }

  /** To be called within a gesture. A refusal is no failure: the next touch asks again. */
  ask(): void {
    if (!this.wanted) return;
    document.documentElement
      .requestFullscreen({ navigationUI: 'hide' })
      .then(() => (navigator as KeyboardNavigator).keyboard?.lock?.(['Escape']).catch(this.#changed), this.#changed);
  }

  /** The next visitor's first touch may ask again. */
  renew(): void {
    this.#released = false;
  }

  async leave(): Promise<void> {
    this.#released = true;
    if (document.fullscreenElement !== null) await document.exitFullscreen();
  }
}
