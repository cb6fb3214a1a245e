import { defer, filter, map, pairwise, startWith, type Observable } from 'rxjs';

/** Only what changed of a state crosses a port: the first state whole, then the fields that are not the same any more. */
export const changes = <T extends object>(state$: Observable<T>): Observable<Partial<T>> =>
  defer(() =>
    state$.pipe(
      startWith(null),
      pairwise(),
      map(([before, after]) => difference(before, after)),
    ),
  ).pipe(filter((difference) => Object.keys(difference).length > 0));

function difference<T extends object>(before: T | null, after: T | null): Partial<T> {
  if (after === null) return {};
  if (before === null) return after;
  const differing: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) if (after[key] !== before[key]) differing[key] = after[key];
  return differing;
}
