import { catchError, defer, exhaustMap, map, of, scan, timer, timeout, type Observable, type OperatorFunction } from 'rxjs';
import { ms, type Ms } from '../shared/time.ts';

/** How long a question takes to the server and back, over and over, and how much that varies. */

export interface RoundTrip {
  /** Median of the last answers; null = none came. */
  readonly p50Ms: Ms | null;
  /** Smoothed difference of one answer to the next, as RFC 3550 §6.4.1 does it, from the first difference on; null before. */
  readonly jitterMs: Ms | null;
  /** The last question was not answered. */
  readonly lost: boolean;
}

export interface Asking {
  /** ms between two questions. */
  readonly everyMs: number;
  /** An answer that takes longer is none, ms. */
  readonly patienceMs: number;
  /** ms on a clock that nobody sets. */
  readonly now: () => number;
}

/** Answers the median is of. */
const KEPT = 11;
/** RFC 3550's noise reduction. */
const GAIN = 1 / 16;

interface Known {
  readonly answers: readonly number[];
  readonly jitterMs: number | null;
  readonly lost: boolean;
}

/**
 * Asks at once and then every so often, never twice at a time. `ask$` emits when it was answered and completes soon after, fails when it was
 * not; unsubscribed, it gives up.
 */
export const roundTrips =
  ({ everyMs, patienceMs, now }: Asking) =>
  (ask$: Observable<unknown>): Observable<RoundTrip> =>
    timer(0, everyMs).pipe(
      exhaustMap(() =>
        defer(() => {
          const asked = now();
          return ask$.pipe(
            map(() => now() - asked),
            timeout(patienceMs),
            // No network is one of the things this tells.
            catchError(() => of(null)),
          );
        }),
      ),
      smoothed(),
    );

/** How long each question took, ms (null = it was not answered), made into what is known by then. */
export const smoothed = (): OperatorFunction<number | null, RoundTrip> => (took$) =>
  took$.pipe(scan<number | null, Known>(step, { answers: [], jitterMs: null, lost: false }), map(told));

function step({ answers, jitterMs }: Known, took: number | null): Known {
  if (took === null) return { answers, jitterMs, lost: true };
  const last = answers.at(-1);
  const moved = last === undefined ? null : Math.abs(took - last);
  const smoothed = moved === null ? jitterMs : jitterMs === null ? moved : jitterMs + (moved - jitterMs) * GAIN;
  return { answers: [...answers, took].slice(-KEPT), jitterMs: smoothed, lost: false };
}

function told({ answers, jitterMs, lost }: Known): RoundTrip {
  const sorted = [...answers].sort((one, other) => one - other);
  const p50 = sorted[Math.floor((sorted.length - 1) / 2)];
  return { p50Ms: p50 === undefined ? null : ms(p50), jitterMs: jitterMs === null ? null : ms(jitterMs), lost };
}
