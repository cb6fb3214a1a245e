import { defer, filter, map, type Observable } from 'rxjs';

/** Only what changed of a state crosses a port: the first state whole, then the fields that are not the same any more. */
export const changes = <T extends object>(state$: Observable<T>): Observable<Partial<T>> =>
  defer(() => {
    let before: Partial<T> = {};
    return state$.pipe(
      map((after) => {
        const told = difference(before, after);
        before = after;
        return told;
      }),
      filter((told) => Object.keys(told).length > 0),
    );
  });

function difference<T extends object>(before: Partial<T>, after: T): Partial<T> {
  const differing: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) if (after[key] !== before[key]) differing[key] = after[key];
  return differing;
}
