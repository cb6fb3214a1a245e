import type { Adapter } from './adapters.ts';
import { decodeBase64 } from './base64.ts';
import { decodeG711 } from './g711.ts';

/** Audio deltas to samples. Nothing promises that a delta ends on a sample boundary, so an odd byte waits for the next one. */
export class OutputAudio {
  readonly #adapter: Adapter;
  /** Hz, as the server says it is in force. */
  rate: number;
  #itemId: string | null = null;
  #odd: number | null = null;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
    this.rate = adapter.outputRate;
  }

  /** The samples of one delta, in a buffer of their own. Throws `bad-message` when it is not base64. */
  decode(itemId: string, delta: string): Int16Array {
    const bytes = decodeBase64(delta);
    const { outputFormat } = this.#adapter;
    if (outputFormat !== 'pcm') return decodeG711(bytes, outputFormat);
    const odd = this.#itemId === itemId ? this.#odd : null;
    this.#itemId = itemId;
    this.#odd = null;
    if (odd === null && bytes.length % 2 === 0) return new Int16Array(bytes.buffer);
    const lead = odd === null ? 0 : 1;
    const total = lead + bytes.length;
    const pcm = new Int16Array(total >> 1);
    const view = new Uint8Array(pcm.buffer);
    if (odd !== null && view.length > 0) view[0] = odd;
    view.set(bytes.subarray(0, Math.max(0, view.length - lead)), lead > view.length ? 0 : lead);
    if (total % 2 === 1) this.#odd = bytes.length > 0 ? (bytes[bytes.length - 1] ?? null) : odd;
    return pcm;
  }
}
