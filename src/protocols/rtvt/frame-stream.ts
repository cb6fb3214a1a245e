import { frameLength, MOST_BYTES } from './frame.ts';

/** FPNN messages out of the chunks of a byte stream (raw TCP), which begin and end anywhere. */
export class FrameStream {
  readonly #mostBytes: number;
  #kept: Uint8Array = new Uint8Array(0);
  /** Bytes of `#kept` that count. */
  #filled = 0;

  /** `mostBytes`: the largest body that is taken; nothing larger is ever held. */
  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes of an unfinished message. */
  get pending(): number {
    return this.#filled;
  }

  /**
   * The whole messages that `chunk` completes, each for `readFrame`. They are views: of `chunk`, or of a buffer that no later call writes
   * to. Throws `bad-message` at the first byte that cannot begin a message; the stream is lost then.
   */
  *push(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    let rest = chunk;
    while (this.#filled > 0 && rest.length > 0) {
      // First the header, which tells the length; then exactly what is missing.
      const length = frameLength(this.#kept.subarray(0, this.#filled), this.#mostBytes);
      const missing = (length ?? 12) - this.#filled;
      const part = rest.subarray(0, missing);
      this.#hold(part, length ?? 12);
      rest = rest.subarray(part.length);
      if (length === null || this.#filled < length) continue;
      const whole = this.#kept.subarray(0, length);
      this.#kept = new Uint8Array(0);
      this.#filled = 0;
      yield whole;
    }
    while (rest.length > 0) {
      const length = frameLength(rest, this.#mostBytes);
      if (length === null || length > rest.length) {
        this.#hold(rest, length ?? 12);
        return;
      }
      yield rest.subarray(0, length);
      rest = rest.subarray(length);
    }
  }

  /** Keeps a copy of `part`; room grows with what really came, not with what a header claims. */
  #hold(part: Uint8Array, wanted: number): void {
    const needed = this.#filled + part.length;
    if (needed > this.#kept.length) {
      const grown = new Uint8Array(Math.max(needed, Math.min(wanted, needed * 2)));
      grown.set(this.#kept.subarray(0, this.#filled));
      this.#kept = grown;
    }
    this.#kept.set(part, this.#filled);
    this.#filled = needed;
  }
}
