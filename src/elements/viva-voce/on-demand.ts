/** A part of the code that is fetched when it is first wanted; after a failure the next wish tries again. */
export class OnDemand<T> {
  /** The part, once it is here. */
  here: T | null = null;
  readonly #fetch: () => Promise<T>;
  readonly #arrived: (part: T) => void;
  #loading: Promise<T> | null = null;

  constructor(fetch: () => Promise<T>, arrived: (part: T) => void) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** It is on its way. */
  get loading(): boolean {
    return this.#loading !== null && this.here === null;
  }

  load(): Promise<T> {
    this.#loading ??= this.#fetch().then(
      (part) => {
        this.here = part;
        this.#arrived(part);
        return part;
      },
      (cause: unknown) => {
        this.#loading = null;
        throw cause;
      },
    );
    return this.#loading;
  }
}
