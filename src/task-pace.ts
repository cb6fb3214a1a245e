import { Observable, timer } from 'rxjs';

/** Work that is asked for often and done at a measured pace. */

/**
 * Works when asked, at once; not sooner than `everyMs` after it began the last time, and never twice at a time: whoever asks meanwhile is
 * answered by the next time. Errors of the work pass.
 */
export const paced = <T>(asked$: Observable<unknown>, everyMs: number, work: () => Observable<T>): Observable<T> =>
  new Observable((subscriber) => {
    let busy = false;
    let again = false;
    const fail = (cause: unknown): void => {
      subscriber.error(cause);
    };
    const begin = (): void => {
      busy = true;
      again = false;
      let left = 2;
      const over = (): void => {
        left -= 1;
        if (left > 0) return;
        busy = false;
        if (again) begin();
      };
      const next = (value: T): void => {
        subscriber.next(value);
      };
      subscriber.add(work().subscribe({ next, error: fail, complete: over }));
      subscriber.add(timer(everyMs).subscribe({ complete: over }));
    };
    const ask = (): void => {
      again = true;
      if (!busy) begin();
    };
    subscriber.add(asked$.subscribe({ next: ask, error: fail }));
  });
