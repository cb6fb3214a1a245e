import { createHash } from 'node:crypto';

/** Texts of pieces of sound heard lately, by the sound itself; bounded, the oldest go first. */
export class RecentTexts {
  readonly #limit: number;
  readonly #texts = new Map<string, string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(pcm: Int16Array): string | undefined {
    return this.#texts.get(keyOf(pcm));
  }

  set(pcm: Int16Array, text: string): void {
    const key = keyOf(pcm);
    this.#texts.delete(key);
    this.#texts.set(key, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > this.#limit && oldest !== undefined) this.#texts.delete(oldest);
  }
}

function keyOf(pcm: Int16Array): string {
  return createHash('sha1')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('base64');
}
