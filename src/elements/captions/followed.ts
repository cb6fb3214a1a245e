import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Behavior } from '../../shared/behavior.ts';

/** A Behavior that an element renders: follows the one that `of` names now, lets go while the element is out of the document. `changed` is called at once. */
export class Followed<T> implements ReactiveController {
  value: T;
  readonly #host: ReactiveControllerHost;
  readonly #of: () => Behavior<T> | null;
  readonly #fallback: T;
  readonly #changed: ((value: T) => void) | undefined;
  #behavior: Behavior<T> | null = null;
  #subscription: { unsubscribe(): void } | undefined;

  constructor(host: ReactiveControllerHost, of: () => Behavior<T> | null, fallback: T, changed?: (value: T) => void) {
    this.#host = host;
    this.#of = of;
    this.#fallback = fallback;
    this.#changed = changed;
    this.value = fallback;
    host.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  /** Asks again which one it is; the value is its newest from here on. */
  hostUpdate(): void {
    const behavior = this.#of();
    if (behavior === this.#behavior) return;
    this.hostDisconnected();
    this.#behavior = behavior;
    this.value = this.#fallback;
    this.#subscription = behavior?.subscribe((value) => {
      if (Object.is(value, this.value)) return;
      this.value = value;
      this.#changed?.(value);
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#behavior = null;
  }
}
