import {
  catchError,
  defer,
  merge,
  of,
  repeat,
  take,
  takeWhile,
  tap,
  throwError,
  timer,
  type Observable,
  type OperatorFunction,
} from 'rxjs';
import { waitMs } from '../shared/backoff.ts';
import { AssistantError, type ErrorFacts } from '../shared/errors.ts';

/** Resubscribes after retryable errors with jittered exponential backoff, and tells of every loss in the stream itself. */

/** The connection is gone; the next try begins in `retryInMs`. */
export interface Lost {
  readonly type: 'lost';
  readonly error: ErrorFacts;
  readonly retryInMs: number;
}

/** The server ended the session on purpose; nothing is retried. */
export interface Closed {
  readonly type: 'closed';
}

export interface Backoff {
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Ends a wait early: the user pressed retry, the network came back. */
  readonly now$: Observable<unknown>;
}

/**
 * `isUp` says which value proves a working connection (the backoff starts over then). A planned hand-over (`session-expired`) is
 * followed at once. Errors that are not retryable pass through.
 */
export function reconnect<T extends { readonly type: string }>(
  isUp: (value: T) => boolean,
  backoff: Backoff,
): OperatorFunction<T | Closed, T | Lost | Closed> {
  return (source$) =>
    defer(() => {
      let attempt = 0;
      let wait = 0;
      return source$.pipe(
        tap((value) => {
          if (value.type !== 'closed' && isUp(value as T)) attempt = 0;
        }),
        catchError((cause: unknown) => {
          const error = AssistantError.from(cause, 'socket-closed');
          if (!error.retryable) return throwError(() => error);
          wait = error.code === 'session-expired' && attempt === 0 ? 0 : waitMs(attempt, backoff.random());
          attempt += 1;
          return of<Lost>({ type: 'lost', error: error.toFacts(), retryInMs: wait });
        }),
        repeat({ delay: () => merge(timer(wait), backoff.now$).pipe(take(1)) }),
        takeWhile((value) => value.type !== 'closed', true),
      );
    });
}
