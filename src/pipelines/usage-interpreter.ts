import { defer, filter, map, timer, type Observable } from 'rxjs';
import { judged, type Connection } from './usage-connection.ts';
import { smoothed } from './usage-round-trip.ts';

/** The connection of an interpreter that runs, by what its own frames tell: each is acknowledged, so nobody else has to be asked. */

export interface Counted {
  /** Of voice frames in the last second, ms; null = none was acknowledged yet. */
  readonly roundTripMs: number | null;
  readonly lost: boolean;
  /** Totals that only grow. */
  readonly underruns: number;
  readonly framesDropped: number;
}

const EVERY_MS = 5_000;

/** Looks at what `now` tells, every so often; silent until there is something to tell. */
export const interpreterConnection = (now: () => Counted): Observable<Connection> =>
  defer(() =>
    timer(0, EVERY_MS).pipe(
      map(now),
      filter(({ roundTripMs, lost }) => lost || roundTripMs !== null),
      map(({ roundTripMs, lost }) => (lost ? null : roundTripMs)),
      smoothed(),
      judged(now),
    ),
  );
