import { BehaviorSubject, filter, share, type MonoTypeOperatorFunction, type Observable } from 'rxjs';

/**
 * One subscription for all: whoever comes later gets the newest value at once. Without subscribers the source is let go of, at once or
 * when `linger$` emits.
 */
export const newest =
  <T extends object>(linger$?: Observable<unknown>): MonoTypeOperatorFunction<T> =>
  (source$: Observable<T | null>) =>
    source$.pipe(
      share({
        connector: () => new BehaviorSubject<T | null>(null),
        resetOnRefCountZero: linger$ === undefined ? true : () => linger$,
      }),
      filter((value) => value !== null),
    );
