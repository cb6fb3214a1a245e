/** Work that nobody waits for: one of a key at a time, and a failure is told. */
export class SingleFlight {
  readonly #onFailure: (key: string, cause: unknown) => void;
  readonly #running = new Map<string, Promise<void>>();

  constructor(onFailure: (key: string, cause: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Does nothing while work of this key is under way. */
  run(key: string, work: () => Promise<void>): void {
    if (this.#running.has(key)) return;
    const done = work()
      .catch((cause: unknown) => this.#onFailure(key, cause))
      .finally(() => this.#running.delete(key));
    this.#running.set(key, done);
  }

  /** Resolves when what runs of this key now has ended, well or badly. */
  async settled(key: string): Promise<void> {
    await this.#running.get(key);
  }
}
