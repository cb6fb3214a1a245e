/** A gain that moves to its target in a straight line. */

export class Ramp {
  #target: number;
  #step = 0;

  constructor(public value: number) {
    this.#target = value;
  }

  /** Reaches `target` after `frames` calls of `next`; at once for 0. */
  move(target: number, frames: number): void {
    this.#target = target;
    this.#step = (target - this.value) / Math.max(1, frames);
    if (frames <= 0) this.value = target;
  }

  next(): number {
    if (this.value === this.#target) return this.value;
    this.value += this.#step;
    if (this.#step > 0 ? this.value > this.#target : this.value < this.#target) this.value = this.#target;
    return this.value;
  }
}
