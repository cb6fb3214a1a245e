/** Tells when an AudioContext says that it runs but its clock stands still, as after the sleep of a display or a lost device. */

/** Looks in a row that must find the clock where it was; one alone may fall into a stall of the page. */
const LOOKS = 3;

export class FrozenClock {
  #last = -1;
  #still = 0;

  /** To be called about twice a second; true = build a new context. */
  look(state: string, currentTime: number): boolean {
    this.#still = state === 'running' && currentTime === this.#last ? this.#still + 1 : 0;
    this.#last = currentTime;
    return this.#still >= LOOKS;
  }
}
