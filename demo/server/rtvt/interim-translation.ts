/** Translates a growing sentence: not at every change, never two at once, and what is stale is left out. */

/** From the beginning of one translation to that of the next, ms. */
const APART_MS = 300;

export interface InterimTranslationOptions {
  readonly translate: (text: string, signal: AbortSignal) => Promise<string>;
  readonly onText: (text: string) => void;
  readonly onDropped: () => void;
}

export class InterimTranslation {
  readonly #options: InterimTranslationOptions;
  readonly #abort = new AbortController();
  #wanted: string | null = null;
  #done = '';
  #running = false;
  #timer: NodeJS.Timeout | null = null;
  #startedAt = -Infinity;

  constructor(options: InterimTranslationOptions) {
    this.#options = options;
  }

  /** The sentence so far. */
  push(text: string): void {
    if (this.#abort.signal.aborted) return;
    this.#wanted = text;
    this.#next();
  }

  /** The final translation comes: nothing more from here. */
  stop(): void {
    this.#wanted = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort.abort();
  }

  #next(): void {
    const text = this.#wanted;
    if (this.#running || this.#timer !== null || text === null || text === this.#done) return;
    const wait = this.#startedAt + APART_MS - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#next();
      }, wait);
      return;
    }
    this.#running = true;
    this.#startedAt = performance.now();
    this.#done = text;
    const { translate, onText, onDropped } = this.#options;
    translate(text, this.#abort.signal)
      .then((translated) => {
        if (!this.#abort.signal.aborted) onText(translated);
      })
      // Busy, given up or failed: the final translation tells what is wrong, if anything is.
      .catch(onDropped)
      .finally(() => {
        this.#running = false;
        this.#next();
      });
  }
}
