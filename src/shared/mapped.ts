import { map, Observable } from 'rxjs';
import type { Behavior } from './behavior.ts';

/** A Behavior seen through a function; asks the first one for its value, and keeps none. */
export class Mapped<S, T> extends Observable<T> implements Behavior<T> {
  readonly #of: Behavior<S>;
  readonly #see: (value: S) => T;

  constructor(of: Behavior<S>, see: (value: S) => T) {
    super((subscriber) => of.pipe(map(see)).subscribe(subscriber));
    this.#of = of;
    this.#see = see;
  }

  get value(): T {
    return this.#see(this.#of.value);
  }
}
