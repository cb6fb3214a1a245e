/** A first-in first-out store of 16-bit samples that grows to a bound and never overwrites. */

import { FROM_PCM16 } from './pcm16.ts';

/** Samples; 5.5 s at 24 kHz, 256 KiB. */
const FIRST_CAPACITY = 2 ** 17;
/** Samples; 5.8 min at 24 kHz, 2.9 min at 48 kHz, 16 MiB. */
const LAST_CAPACITY = 2 ** 23;

export class Ring {
  #store: Int16Array;
  #read = 0;
  #length = 0;
  readonly #first: number;
  readonly #last: number;

  /** Capacities in samples; powers of 2. */
  constructor(first = FIRST_CAPACITY, last = LAST_CAPACITY) {
    this.#first = first;
    this.#last = last;
    this.#store = new Int16Array(first);
  }

  get length(): number {
    return this.#length;
  }

  /** False, and nothing taken, when it would go beyond the bound. Allocates when it has to grow. */
  write(samples: Int16Array): boolean {
    const length = this.#length + samples.length;
    if (length > this.#last) return false;
    if (this.#length === 0 && this.#store.length > this.#first) this.#resize(this.#first);
    if (length > this.#store.length) this.#resize(2 ** Math.ceil(Math.log2(length)));
    const at = (this.#read + this.#length) % this.#store.length;
    const head = Math.min(samples.length, this.#store.length - at);
    this.#store.set(head === samples.length ? samples : samples.subarray(0, head), at);
    if (head < samples.length) this.#store.set(samples.subarray(head), 0);
    this.#length = length;
    return true;
  }

  /** Moves `count` samples (at most `length`) to the start of `output`, as floats. Does not allocate. */
  read(output: Float32Array, count: number): void {
    const mask = this.#store.length - 1;
    for (let index = 0; index < count; index++) output[index] = this.#store[(this.#read + index) & mask]! * FROM_PCM16;
    this.#read = (this.#read + count) & mask;
    this.#length -= count;
  }

  clear(): void {
    this.#read = this.#length = 0;
  }

  #resize(capacity: number): void {
    const store = new Int16Array(capacity);
    const head = Math.min(this.#length, this.#store.length - this.#read);
    store.set(this.#store.subarray(this.#read, this.#read + head));
    store.set(this.#store.subarray(0, this.#length - head), head);
    this.#store = store;
    this.#read = 0;
  }
}
