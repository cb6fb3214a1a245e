import {
  BehaviorSubject,
  catchError,
  defer,
  EMPTY,
  filter,
  finalize,
  merge,
  type Observable,
  repeat,
  share,
  Subject,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import type { EarEvent } from '../../pipelines/kiosk-ear.ts';
import type { EarState } from '../../pipelines/kiosk-health.ts';
import { hears } from '../../pipelines/kiosk-watch-parts.ts';
import { remedied } from '../../pipelines/kiosk-watch.ts';
import { waitMs } from '../../shared/backoff.ts';
import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import { eventsOf } from '../../shared/events-of.ts';
import type { KioskEdges } from '../viva-voce/kiosk-edges.ts';
import type { KioskStatus } from './status.ts';

/** The kiosk's own ear, kept open: reopened when the device is lost or deaf, and asked for again when a person may have given leave. */

/** What comes of it until then. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['microphone-denied', 'microphone-blocked', 'insecure-page', 'unsupported']);
const LONGEST_MS = 30_000;

export interface Listening {
  /** The microphone while subscribed; never fails. */
  readonly event$: Observable<EarEvent | { readonly type: 'open' }>;
  readonly speech$: BehaviorSubject<boolean>;
  readonly state$: Observable<EarState>;
  /** A person touched the screen: what was refused may be given now. */
  touched(): void;
}

/** `reopen`: the conversation, which shares the device, lets go of it too; `rebuild`: and of the AudioContext. */
export function listening(
  edges: KioskEdges,
  status: KioskStatus,
  softestDb: () => number | null,
  remedy: (what: 'reopen' | 'rebuild') => void,
): Listening {
  const touch$ = new Subject<null>();
  const reopen$ = new BehaviorSubject<null>(null);
  const speech$ = new BehaviorSubject(false);
  const state$ = new BehaviorSubject<EarState>('off');
  let failures = 0;
  let code: ErrorCode | null = null;

  const turn = (state: EarState): void => {
    status.ear = state;
    status.earError = state === 'refused' ? code : null;
    if (state !== 'open') status.framesPerSecond = 0;
    if (state !== 'open') speech$.next(false);
    state$.next(state);
  };
  const refused = (cause: unknown): Observable<never> => {
    const error = AssistantError.from(cause, 'microphone-lost');
    if (error.code !== code) status.note(error.code, error.message);
    code = error.code;
    turn('refused');
    return EMPTY;
  };
  // A device that is plugged in, a touch that may answer a prompt, or just time.
  const again = (): Observable<unknown> => {
    failures += 1;
    const wait$ = code !== null && FOR_PEOPLE.has(code) ? EMPTY : timer(waitMs(failures, Math.random(), LONGEST_MS));
    const plugged$ = 'mediaDevices' in navigator ? eventsOf(navigator.mediaDevices, 'devicechange') : EMPTY;
    return merge(touch$, plugged$, wait$).pipe(take(1));
  };
  const open$ = defer(() => {
    turn('asking');
    return edges.ear(softestDb());
  }).pipe(
    tap((event) => {
      if (event.type === 'open') {
        code = null;
        turn('open');
      } else if (event.type === 'second') {
        status.framesPerSecond = event.frames;
        status.floorDb = Math.round(event.floorDb);
        if (event.frames > 0) failures = 0;
      } else speech$.next(event.on);
    }),
    catchError(refused),
    repeat({ delay: again }),
    finalize(() => {
      turn('off');
    }),
  );
  const event$ = reopen$.pipe(
    switchMap(() => open$),
    share(),
  );
  const well$ = hears(event$.pipe(filter((event) => event.type === 'second')));
  const mended$ = remedied(well$, { remedies: ['reopen', 'rebuild'] as const, random: () => Math.random() }).pipe(
    tap((what) => {
      status.restarts.microphone += 1;
      status.note('microphone-lost', `the ear heard nothing: ${what}`);
      remedy(what);
      reopen$.next(null);
    }),
    switchMap(() => EMPTY),
  );
  return {
    event$: merge(event$, mended$),
    speech$,
    state$,
    touched: () => {
      if (status.ear === 'refused') touch$.next(null);
    },
  };
}
