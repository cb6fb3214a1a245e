/** Clauses spoken lately, so that greetings and refusals need no synthesis; bounded by their length, the oldest go first. */
export class RecentClauses {
  readonly #mostSamples: number;
  readonly #spoken = new Map<string, Int16Array>();
  #samples = 0;

  constructor(mostSamples: number) {
    this.#mostSamples = mostSamples;
  }

  /** A clause that is asked for again is young again. */
  get(key: string): Int16Array | undefined {
    const pcm = this.#spoken.get(key);
    if (pcm !== undefined) {
      this.#spoken.delete(key);
      this.#spoken.set(key, pcm);
    }
    return pcm;
  }

  set(key: string, pcm: Int16Array): void {
    if (this.#spoken.has(key) || pcm.length > this.#mostSamples) return;
    this.#spoken.set(key, pcm);
    this.#samples += pcm.length;
    for (const [oldest, other] of this.#spoken) {
      if (this.#samples <= this.#mostSamples) break;
      this.#spoken.delete(oldest);
      this.#samples -= other.length;
    }
  }
}
