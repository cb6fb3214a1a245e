import {
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  from,
  map,
  merge,
  mergeMap,
  scan,
  switchMap,
  timer,
  type Observable,
} from 'rxjs';
import type { SessionState } from './state.ts';

/** When pictures go up; fetched with the first camera or screen that goes along. */

type Stills = () => Promise<readonly string[]>;

const TALKING: ReadonlySet<SessionState['phase']> = new Set(['listening', 'thinking', 'speaking']);

/** A still of each source whenever the user begins to speak, and at a rate besides. */
export const pictureTurns = (state$: Observable<SessionState>, stills: Stills, everyMs: () => number): Observable<string> =>
  merge(withTurns(state$, stills), atRate(state$, stills, everyMs));

const withTurns = (state$: Observable<SessionState>, stills: Stills): Observable<string> =>
  state$.pipe(
    map(({ userSpeaking }) => userSpeaking),
    distinctUntilChanged(),
    filter(Boolean),
    mergeMap(stills),
    mergeMap((taken) => from(taken)),
  );

/** A still of each source every so many ms while a conversation is on; one that shows what the last one showed is left out. */
export const atRate = (state$: Observable<SessionState>, stills: Stills, everyMs: () => number): Observable<string> =>
  state$.pipe(
    map(({ phase }) => TALKING.has(phase)),
    distinctUntilChanged(),
    switchMap((talking) => (talking && everyMs() > 0 ? timer(everyMs(), everyMs()) : EMPTY)),
    // The next one waits for the one before: stills of a slow machine must not heap up.
    exhaustMap(stills),
    scan<readonly string[], { readonly last: readonly string[]; readonly fresh: readonly string[] }>(
      ({ last }, taken) => ({ last: taken, fresh: taken.filter((still) => !last.includes(still)) }),
      { last: [], fresh: [] },
    ),
    mergeMap(({ fresh }) => from(fresh)),
  );
