import { concat, of, type Observable } from 'rxjs';

/** The end of a run as a value: a voice host outlives its runs, so the completion of one must not be lost in that of the host. */

/** The run, and null when it is over. */
export const whole = <T>(run$: Observable<T>): Observable<T | null> => concat(run$, of(null));

export const isNotOver = <T>(value: T | null): value is T => value !== null;
