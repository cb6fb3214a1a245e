/** Samples in the order they came, addressed by their position since the beginning; the oldest can be forgotten. */
export class SampleLog {
  #samples = new Int16Array(16384);
  #base = 0;
  #length = 0;

  /** Position of the oldest sample still held. */
  get start(): number {
    return this.#base;
  }

  /** Position after the newest sample. */
  get end(): number {
    return this.#base + this.#length;
  }

  append(pcm: Int16Array): void {
    const needed = this.#length + pcm.length;
    if (needed > this.#samples.length) {
      const grown = new Int16Array(Math.max(needed, this.#samples.length * 2));
      grown.set(this.#samples.subarray(0, this.#length));
      this.#samples = grown;
    }
    this.#samples.set(pcm, this.#length);
    this.#length = needed;
  }

  /** A copy of `[from, to)`, as far as it is held. */
  slice(from: number, to: number): Int16Array {
    const first = Math.max(0, from - this.#base);
    return this.#samples.slice(first, Math.max(first, Math.min(this.#length, to - this.#base)));
  }

  forgetBefore(position: number): void {
    const count = Math.min(this.#length, Math.max(0, position - this.#base));
    if (count === 0) return;
    this.#samples.copyWithin(0, count, this.#length);
    this.#base += count;
    this.#length -= count;
    // A long turn may have grown the store; give it back once it is mostly empty.
    if (this.#samples.length > 262144 && this.#length < this.#samples.length / 8) {
      this.#samples = this.#samples.slice(0, Math.max(16384, this.#length * 2));
    }
  }
}
