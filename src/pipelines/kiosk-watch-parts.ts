import { concat, defer, EMPTY, filter, map, merge, of, scan, startWith, switchMap, timer, type Observable } from 'rxjs';

/** Whether the parts of a kiosk work, each judged by its own clock: `true` and `false` again and again, for `remedied`. */

/** The browser says that it sends sound, but none comes (s), or nothing but zeros (s). */
const NO_FRAMES_S = 2;
const ZEROS_S = 10;

/** The microphone: `second$` tells of each second how many frames came and how many of them were all zero. */
export const hears = (second$: Observable<{ readonly frames: number; readonly zeros: number }>): Observable<boolean> =>
  second$.pipe(
    scan(
      (before, { frames, zeros }) => ({
        missing: frames === 0 ? before.missing + 1 : 0,
        zeros: frames > 0 && zeros === frames ? before.zeros + 1 : 0,
      }),
      { missing: 0, zeros: 0 },
    ),
    map(({ missing, zeros }) => missing < NO_FRAMES_S && zeros < ZEROS_S),
  );

/** ms that a context may take to run once sound is wanted. */
const BLOCKED_MS = 2_000;

/** The loudspeaker: `state$` is the AudioContext's. A frozen clock is found where the context is made (`src/audio/context.ts`). */
export const sounds = (state$: Observable<string>): Observable<boolean> =>
  state$.pipe(
    switchMap((state) =>
      state === 'suspended' || state === 'interrupted' ? timer(BLOCKED_MS, BLOCKED_MS).pipe(map(() => false)) : of(true),
    ),
  );

/** What of a conversation shows that it works. */
export interface SessionSigns {
  readonly phase: string;
  readonly microphone: string;
  /** Code of the failure that ended it, else null. */
  readonly error: string | null;
}

/** What only a person can mend. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'microphone-denied',
  'microphone-blocked',
  'insecure-page',
  'unsupported',
  'bad-option',
  'origin-refused',
  'quota-exceeded',
  'model-unknown',
]);

/** ms between two words on what stays broken; `remedied` decides which of them counts. */
const AGAIN_MS = 1_000;

/**
 * The session: `state$` emits at every change of it, `speech$` whether the kiosk's own ear hears speech. Wrong are an end by failure, a lost
 * microphone, an answer or a connection that does not come within `watchdogMs`, and speech for as long that the server takes no notice of.
 */
export function answers(state$: Observable<SessionSigns>, speech$: Observable<boolean>, watchdogMs: number): Observable<boolean> {
  return state$.pipe(
    switchMap((signs) => {
      if (signs.error !== null && FOR_PEOPLE.has(signs.error)) return EMPTY;
      if (signs.phase === 'error' || signs.microphone === 'lost') return timer(0, AGAIN_MS).pipe(map(() => false));
      const late$ = timer(watchdogMs, watchdogMs).pipe(map(() => false));
      if (signs.phase === 'connecting' || signs.phase === 'thinking') return late$;
      const listening = signs.phase === 'listening' && signs.microphone === 'live';
      return concat(of(true), listening ? speech$.pipe(switchMap((on) => (on ? late$ : EMPTY))) : EMPTY);
    }),
  );
}

export type Stall =
  /** The page has not answered for so long, and still does not. */
  | { readonly type: 'still'; readonly ms: number }
  /** It answers again. */
  | { readonly type: 'back'; readonly ms: number };

/** The page: `answer$` emits whenever it answers. Runs in a Worker, whose clock goes on when the page stands still. `now`: ms. */
export function stalls(answer$: Observable<unknown>, limitMs: number, now: () => number): Observable<Stall> {
  return defer(() => {
    let last = now();
    let stalled = false;
    const still$ = answer$.pipe(
      startWith(null),
      switchMap((): Observable<Stall> => {
        const ms = now() - last;
        const back = stalled;
        last = now();
        stalled = false;
        const late$ = timer(limitMs, limitMs).pipe(
          map((): Stall => {
            stalled = true;
            return { type: 'still', ms: now() - last };
          }),
        );
        return back ? concat(of<Stall>({ type: 'back', ms }), late$) : late$;
      }),
    );
    return merge(still$).pipe(filter(({ ms }) => ms >= limitMs));
  });
}
