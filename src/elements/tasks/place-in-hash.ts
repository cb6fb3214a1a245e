import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hashOf, placeOf, startingPlace, type TaskPlace } from './task-hash.ts';

/** Keeps what is looked at in the page's address, so that back, forward, reload and a sent link lead to it. */
export class PlaceInHash implements ReactiveController {
  readonly #kept: () => boolean;
  readonly #arrive: (place: TaskPlace) => void;

  /** `kept`: it is kept at all. `arrive`: somebody went back, forward or to another address. */
  constructor(host: ReactiveControllerHost, kept: () => boolean, arrive: (place: TaskPlace) => void) {
    this.#kept = kept;
    this.#arrive = arrive;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#moved);
    addEventListener('hashchange', this.#moved);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#moved);
    removeEventListener('hashchange', this.#moved);
  }

  read(): TaskPlace {
    return (this.#kept() ? placeOf(location.hash) : null) ?? startingPlace;
  }

  /** `push`: going back leads to what was before. */
  write(place: TaskPlace, how: 'push' | 'replace'): void {
    if (!this.#kept()) return;
    const hash = hashOf(location.hash, place);
    if (hash === location.hash) return;
    const address = hash === '' ? `${location.pathname}${location.search}` : hash;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
  }

  readonly #moved = (): void => {
    const place = this.#kept() ? placeOf(location.hash) : null;
    if (place !== null) this.#arrive(place);
  };
}
