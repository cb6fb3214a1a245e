import {
  catchError,
  defer,
  NEVER,
  of,
  race,
  retry,
  switchMap,
  take,
  throwError,
  throwIfEmpty,
  timer,
  type Observable,
} from 'rxjs';
import { waitMs } from '../../shared/backoff.ts';
import { AssistantError } from '../../shared/errors.ts';
import type { RtvtOptions, RtvtToken, RtvtTokenProvider, RtvtTokenReason } from './options.ts';

/** Connects again after what time may mend, with a fresh token each time. */

const LAST_MS = 8_000;

export interface Again {
  readonly options: Pick<RtvtOptions, 'token' | 'random' | 'retry$'>;
  /** The connection broke and is tried again in `inMs`. */
  readonly reconnecting: (inMs: number, error: AssistantError) => void;
}

/** What a connection tells of itself, for the tries behind it. */
export interface Trials {
  /** The token was taken. */
  readonly accepted: () => void;
  /** The service works: the next break is the first again. */
  readonly proven: () => void;
}

/**
 * `connect` makes one connection of one token. Errors that are not retryable pass; a refused token is followed by one fresh one at once.
 */
export function again<T>(
  { options, reconnecting }: Again,
  connect: (token: RtvtToken, trials: Trials) => Observable<T>,
): Observable<T> {
  return defer(() => {
    let reason: RtvtTokenReason = 'connect';
    let attempt = 0;
    const trials: Trials = {
      accepted: () => (reason = 'reconnect'),
      proven: () => (attempt = 0),
    };
    return defer(() => fresh(options.token, reason)).pipe(
      switchMap((token) => connect(token, trials)),
      retry({
        delay: (cause: unknown) => {
          const error = AssistantError.from(cause, 'socket-closed');
          if (error.code === 'token-refused' && reason !== 'refused') {
            reason = 'refused';
            return of(null);
          }
          if (!error.retryable) return throwError(() => error);
          if (reason !== 'refused') reason = 'reconnect';
          const inMs = waitMs(attempt, (options.random ?? Math.random)(), LAST_MS);
          attempt += 1;
          reconnecting(inMs, error);
          return race(timer(inMs), options.retry$ ?? NEVER);
        },
      }),
    );
  });
}

/** One token; what its source does later concerns no connection that stands. */
const fresh = (provider: RtvtTokenProvider, reason: RtvtTokenReason): Observable<RtvtToken> =>
  provider(reason).pipe(
    take(1),
    throwIfEmpty(() => new AssistantError('token-refused', 'no token was given')),
    catchError((cause: unknown) => throwError(() => AssistantError.from(cause, 'token-refused'))),
  );
