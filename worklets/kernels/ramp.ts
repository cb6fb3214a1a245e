/** A gain that moves to its target in a straight line. */

export class Ramp {
  #value: number;
  #target: number;
  #step = 0;

  constructor(value: number) {
    this.#value = this.#target = value;
  }

  /** Reaches `target` within `frames`; at once for 0. */
  move(target: number, frames: number): void {
    this.#target = target;
    this.#step = Math.abs(target - this.#value) / Math.max(1, frames);
    if (frames <= 0) this.#value = target;
  }

  /** Multiplies the first `count` samples. */
  apply(samples: Float32Array, count: number): void {
    const target = this.#target;
    const step = this.#step;
    let value = this.#value;
    for (let index = 0; index < count; index++) {
      value = value < target ? Math.min(target, value + step) : Math.max(target, value - step);
      samples[index]! *= value;
    }
    this.#value = value;
  }
}
