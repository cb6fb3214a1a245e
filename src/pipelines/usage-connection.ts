import { defer, map, type Observable } from 'rxjs';
import { qualityOf, since, type Gaps, type Quality } from './usage-quality.ts';
import type { RoundTrip } from './usage-round-trip.ts';

/** The connection of a running conversation as it is shown: its round trip, and how good it was lately. */

export interface Connection {
  /** null = not told. */
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  readonly quality: Quality;
}

/** Looks back over so many measurements. */
const LATELY = 6;

/** One judgement for each measurement (null = this server is not asked); `now` tells what the conversation has counted by then. */
export const judged =
  (now: () => Gaps & { readonly lost: boolean }) =>
  (measured$: Observable<RoundTrip | null>): Observable<Connection> =>
    defer(() => {
      const before: Gaps[] = [];
      return measured$.pipe(
        map((roundTrip) => {
          const { lost, ...gaps } = now();
          before.push(gaps);
          if (before.length > LATELY) before.shift();
          const roundTripMs = roundTrip?.p50Ms ?? null;
          const jitterMs = roundTrip?.jitterMs ?? null;
          const facts = { roundTripMs, jitterMs, lost: lost || roundTrip?.lost === true, lately: since(gaps, before[0]!) };
          return { roundTripMs, jitterMs, quality: qualityOf(facts) };
        }),
      );
    });
