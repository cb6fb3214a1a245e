import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Gathers what happens until it is worth a sentence: of a burst, a screen reader hears one, not each. */

/** News that come within this time of the first are told with it, ms. */
const GATHER_MS = 1_000;
/** No two sentences are closer, ms. */
const APART_MS = 5_000;
/** A sentence goes when it was told: the same one can be told again, and nobody who reads the page meets it, ms. */
const STANDS_MS = 2_000;
/** More of them are not kept: the sentence counts anyway. */
const MOST = 1_000;

export class SpokenNews<T> implements ReactiveController {
  /** What the live region holds. */
  sentence = '';
  readonly #host: ReactiveControllerHost;
  readonly #say: (news: readonly T[]) => string;
  #gathered: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #going: ReturnType<typeof setTimeout> | undefined;
  #saidMs = -APART_MS;

  constructor(host: ReactiveControllerHost, say: (news: readonly T[]) => string) {
    this.#host = host;
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#going);
    this.#timer = undefined;
    this.#gathered = [];
    this.sentence = '';
  }

  add(news: T): void {
    this.#gathered.push(news);
    if (this.#gathered.length > MOST) this.#gathered.shift();
    this.#timer ??= setTimeout(this.#tell, Math.max(GATHER_MS, this.#saidMs + APART_MS - performance.now()));
  }

  /** The answer to something that was just pressed: at once. */
  now(sentence: string): void {
    this.#show(sentence);
  }

  readonly #tell = (): void => {
    this.#timer = undefined;
    this.#saidMs = performance.now();
    this.#show(this.#say(this.#gathered));
    this.#gathered = [];
  };

  #show(sentence: string): void {
    this.sentence = sentence;
    this.#host.requestUpdate();
    clearTimeout(this.#going);
    if (sentence !== '') this.#going = setTimeout(() => this.#show(''), STANDS_MS);
  }
}
