/** Whether a viewer does something: while nobody does, the controls leave the picture alone. */

const AWAKE_MS = 3_000;

export class Wakeful {
  awake = true;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  readonly wake = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.sleep, AWAKE_MS);
    this.#set(true);
  };

  readonly sleep = (): void => {
    clearTimeout(this.#timer);
    this.#set(false);
  };

  /** A touch on the picture: shown, or hidden again. */
  touch(): void {
    if (this.awake) this.sleep();
    else this.wake();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(awake: boolean): void {
    if (awake === this.awake) return;
    this.awake = awake;
    this.#changed();
  }
}
