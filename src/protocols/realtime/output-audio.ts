import type { Adapter } from './adapters.ts';
import { decodeBase64 } from './base64.ts';

/** Never a view of samples that were handed out: they are transferred to the loudspeaker, and such a view throws in Firefox. */
const NONE = new Uint8Array(0);

/** Audio deltas to samples. Nothing promises that a delta ends on a sample boundary, so an odd byte waits for the next one. */
export class OutputAudio {
  readonly #adapter: Adapter;
  #itemId: string | null = null;
  #odd = NONE;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
  }

  /** The samples of one delta, in a buffer of their own. Throws `bad-message` when it is not base64. */
  decode(itemId: string, delta: string): Int16Array {
    const bytes = decodeBase64(delta);
    const { g711, outputFormat } = this.#adapter;
    if (g711) return g711.decode(bytes, outputFormat);
    const odd = this.#itemId === itemId ? this.#odd : NONE;
    const even = (odd.length + bytes.length) & ~1;
    this.#itemId = itemId;
    this.#odd = NONE;
    if (odd.length === 0 && even === bytes.length) return new Int16Array(bytes.buffer);
    const whole = new Uint8Array(odd.length + bytes.length);
    whole.set(odd);
    whole.set(bytes, odd.length);
    this.#odd = whole.subarray(even);
    return new Int16Array(whole.buffer.slice(0, even));
  }
}
