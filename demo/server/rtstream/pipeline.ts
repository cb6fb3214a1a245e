import { Subject, retry, timer } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';

/** One piece of work on a running stream: begun at once, begun again when it fails, ended by ending what goes in. */

/** How long what went in may take to come out once no more goes in. */
const DRAIN_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;

export class Pipeline {
  readonly #stop = new Subject<void>();
  readonly #subscription: Subscription;
  readonly #done: Promise<void>;

  /** `work` completes once its input, which it takes until `stop$`, has come out; `failed` is told each failure. */
  constructor(work: (stop$: Observable<void>) => Observable<unknown>, failed: (cause: unknown) => void) {
    let settle: () => void = () => undefined;
    this.#done = new Promise((resolve) => (settle = resolve));
    const pause = (cause: unknown, count: number): Observable<0> => {
      failed(cause);
      return timer(Math.min(1000 * 2 ** (count - 1), LONGEST_PAUSE_MS));
    };
    this.#subscription = work(this.#stop)
      .pipe(retry({ delay: pause, resetOnSuccess: true }))
      .subscribe();
    this.#subscription.add(settle);
  }

  /** Resolves when everything that went in has come out, or when that took too long. Idempotent. */
  async stop(): Promise<void> {
    this.#stop.next();
    this.#stop.complete();
    const timer = setTimeout(() => this.#subscription.unsubscribe(), DRAIN_MS);
    await this.#done;
    clearTimeout(timer);
  }
}
