import { firstValueFrom, Observable } from 'rxjs';

/** An Observable as a promise that can be given up. */

export interface CallOptions {
  /** Gives the call up: the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The first value; the signal gives it up. */
export function settled<T>(source$: Observable<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return firstValueFrom(source$);
  const given$ = new Observable<T>((subscriber) => {
    const up = (): void => {
      subscriber.error(signal.reason);
    };
    if (signal.aborted) {
      up();
      return undefined;
    }
    signal.addEventListener('abort', up, { once: true });
    subscriber.add(source$.subscribe(subscriber));
    return () => {
      signal.removeEventListener('abort', up);
    };
  });
  return firstValueFrom(given$);
}
