import { createHash } from 'node:crypto';

/** What was heard lately in pieces of sound, by the sound itself; bounded, the oldest go first. */
export class RecentTexts<T> {
  readonly #limit: number;
  readonly #texts = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(pcm: Int16Array): T | undefined {
    return this.#texts.get(keyOf(pcm));
  }

  set(pcm: Int16Array, heard: T): void {
    const key = keyOf(pcm);
    this.#texts.delete(key);
    this.#texts.set(key, heard);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > this.#limit && oldest !== undefined) this.#texts.delete(oldest);
  }
}

function keyOf(pcm: Int16Array): string {
  return createHash('sha1')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('base64');
}
