import {
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  map,
  merge,
  of,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';

/** Whether a visitor is still there, told by signs of life and by what goes on by itself; on its own clock. */

export type Idleness =
  | { readonly kind: 'present' }
  /** Everything is cleared in so many seconds unless there is a sign. */
  | { readonly kind: 'warning'; readonly secondsLeft: number }
  | { readonly kind: 'gone' };

export interface IdleTimes {
  readonly timeoutMs: number;
  readonly countdownMs: number;
}

const present: Idleness = { kind: 'present' };

/**
 * `sign$` emits at every touch, key or word; `busy$` says that somebody is heard, answered, or watches something. Emits `present` first and
 * whenever a warning is taken back, a warning for every second of the countdown, then `gone` once, and completes.
 */
export function idleness(sign$: Observable<unknown>, busy$: Observable<boolean>, times: IdleTimes): Observable<Idleness> {
  return defer(() => {
    let busy = false;
    return merge(busy$.pipe(distinctUntilChanged()), sign$.pipe(map(() => null))).pipe(
      startWith(null),
      map((now) => (busy = now ?? busy)),
      switchMap((now) => (now ? of(present) : concat(of(present), countdown(times)))),
      distinctUntilChanged(),
      takeWhile(({ kind }) => kind !== 'gone', true),
    );
  });
}

function countdown({ timeoutMs, countdownMs }: IdleTimes): Observable<Idleness> {
  const seconds = Math.ceil(countdownMs / 1000);
  return timer(timeoutMs, 1000).pipe(
    take(seconds + 1),
    map((passed) => (passed < seconds ? { kind: 'warning', secondsLeft: seconds - passed } : { kind: 'gone' })),
  );
}

/**
 * Speech that the device's own ear hears, as far as it shows that somebody is there: noise may sound like it for hours, so without a touch
 * or a word understood (`sign$`) it counts for `mostMs` only.
 */
export const believed = (speech$: Observable<boolean>, sign$: Observable<unknown>, mostMs: number): Observable<boolean> =>
  sign$.pipe(
    startWith(null),
    switchMap(() => concat(speech$.pipe(takeUntil(timer(mostMs))), of(false))),
    distinctUntilChanged(),
  );

/** A sound like speech without a word understood or a touch counts for so long, ms. */
const MOST_WORDLESS_MS = 300_000;

export interface VisitSigns {
  /** A touch, a key or a word. */
  readonly sign$: Observable<unknown>;
  /** Somebody is heard or answered in the conversation. */
  readonly conversing$: Observable<boolean>;
  /** What the device's own ear takes for speech. */
  readonly speech$: Observable<boolean>;
  /** The device itself speaks: what its ear hears is nobody's. */
  readonly deaf$: Observable<boolean>;
}

/** Idleness of one visit, by all that can tell of it. */
export const visitIdleness = ({ sign$, conversing$, speech$, deaf$ }: VisitSigns, times: IdleTimes): Observable<Idleness> => {
  const heard$ = combineLatest([speech$, deaf$]).pipe(map(([speech, deaf]) => speech && !deaf));
  const busy$ = combineLatest([conversing$, believed(heard$, sign$, MOST_WORDLESS_MS)]).pipe(map((each) => each.some(Boolean)));
  return idleness(sign$, busy$, times);
};
