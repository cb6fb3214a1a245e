import { mergeMap, Subject } from 'rxjs';

/** So much at once and no more; the rest waits for its turn. */

export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export function createLimit(most: number): Limit {
  const waiting = new Subject<() => Promise<void>>();
  waiting.pipe(mergeMap((work) => work(), most)).subscribe();
  return (work) =>
    new Promise((resolve, reject) => {
      // Never rejects: whoever asked is told.
      waiting.next(() => work().then(resolve, reject));
    });
}
