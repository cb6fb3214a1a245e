import { WINDOW_SAMPLES } from './silero.ts';

/** Sound of any length in, whole windows out; what does not fill one is kept for the next. */
export class Windows {
  readonly #rest = new Int16Array(WINDOW_SAMPLES);
  #length = 0;

  /** All windows that are whole now, one after the other; often none. */
  take(pcm: Int16Array): Int16Array {
    const total = this.#length + pcm.length;
    const whole = total - (total % WINDOW_SAMPLES);
    const windows = new Int16Array(whole);
    const used = Math.max(0, whole - this.#length);
    if (whole > 0) {
      windows.set(this.#rest.subarray(0, this.#length));
      windows.set(pcm.subarray(0, used), this.#length);
      this.#length = 0;
    }
    this.#rest.set(pcm.subarray(used), this.#length);
    this.#length += pcm.length - used;
    return windows;
  }

  clear(): void {
    this.#length = 0;
  }
}
