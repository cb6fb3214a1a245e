import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Subscription } from 'rxjs';
import { wakeLock } from '../kiosk/wake-lock.ts';

/** Keeps the screen awake while an element has a reason: a telephone that falls asleep closes the microphone, and takes captions from their reader. */
export class Awake implements ReactiveController {
  readonly #wanted: () => boolean;
  #held: Subscription | null = null;

  /** `wanted` is asked with every update of the host. What the browser refuses is done without. */
  constructor(host: ReactiveControllerHost, wanted: () => boolean) {
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  hostUpdate(): void {
    if (this.#wanted()) this.#held ??= wakeLock.subscribe();
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    this.#held?.unsubscribe();
    this.#held = null;
  }
}
