import {
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  merge,
  of,
  share,
  switchMap,
  takeUntil,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { waitMs } from '../shared/backoff.ts';

/** What a watchdog does about what it sees: one remedy after another, further and further apart, until all has been well for a while. */

/** The longest wait between two remedies, ms: a part that cannot be mended must not burn the machine. */
const LONGEST_MS = 300_000;
/** ms that a part has to work before its failures are forgotten: one that comes and goes is not mended. */
const HEALED_MS = 30_000;

export interface Remedies<T> {
  /** From the mildest to the strongest; the last one is used again and again. */
  readonly remedies: readonly [T, ...T[]];
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

/** `well$` says again and again whether a part works. Emits the remedy to be applied now. */
export function remedied<T>(well$: Observable<boolean>, { remedies, random }: Remedies<T>): Observable<T> {
  return defer(() => {
    let attempt = 0;
    const shared$ = well$.pipe(share());
    const healed$ = shared$.pipe(
      distinctUntilChanged(),
      switchMap((well) => (well ? timer(HEALED_MS) : EMPTY)),
      tap(() => (attempt = 0)),
      share(),
    );
    const remedy$ = shared$.pipe(
      filter((well) => !well),
      exhaustMap(() => {
        const remedy = remedies[Math.min(attempt, remedies.length - 1)] ?? remedies[0];
        attempt += 1;
        const wait$ = timer(waitMs(attempt, random(), LONGEST_MS)).pipe(ignoreElements(), takeUntil(healed$));
        return concat(of(remedy), wait$);
      }),
    );
    return merge(healed$.pipe(ignoreElements()), remedy$);
  });
}
