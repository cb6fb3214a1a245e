import {
  distinctUntilChanged,
  EMPTY,
  filter,
  from,
  map,
  merge,
  mergeMap,
  repeat,
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
    // The wait for the next one begins when this one is there: stills of a slow machine must not heap up.
    switchMap((talking) => (talking && everyMs() > 0 ? timer(everyMs()).pipe(mergeMap(stills), repeat()) : EMPTY)),
    scan<readonly string[], { readonly last: readonly string[]; readonly fresh: readonly string[] }>(
      ({ last }, taken) => ({ last: taken, fresh: taken.filter((still) => !last.includes(still)) }),
      { last: [], fresh: [] },
    ),
    mergeMap(({ fresh }) => from(fresh)),
  );
