import type { Observable } from 'rxjs';

/** A value and its changes, read side only: the Observable emits the current value on subscription, then every change. */
export interface Behavior<T> extends Observable<T> {
  readonly value: T;
}
