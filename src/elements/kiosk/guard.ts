import { EMPTY, merge, skip, switchMap, tap, timer, type BehaviorSubject, type Observable } from 'rxjs';
import type { KioskOptions } from '../../pipelines/kiosk-options.ts';
import { answers, type SessionSigns, sounds } from '../../pipelines/kiosk-watch-parts.ts';
import { remedied } from '../../pipelines/kiosk-watch.ts';
import type { KioskEdges } from '../viva-voce/kiosk-edges.ts';
import type { KioskStatus } from './status.ts';

/** The watchdogs of a kiosk beside that of its ear: sound, session, page and the heartbeat, each with its own clock. All emit nothing. */

const random = (): number => Math.random();

/** Holds the AudioContext for the page's life and frees it where the browser holds it back. */
export const soundGuard = (
  edges: KioskEdges,
  status: KioskStatus,
  changed: () => void,
  unlock: () => void,
): Observable<unknown> =>
  merge(
    edges.context$.pipe(
      skip(1),
      tap(() => (status.restarts.sound += 1)),
    ),
    edges.contextState$.pipe(
      tap((state) => {
        status.sound = state;
        changed();
      }),
    ),
    remedied(sounds(edges.contextState$), { remedies: ['unlock'], random }).pipe(tap(unlock)),
  );

/** `state$`: the conversation of the visit; `restart` begins it again with all that was said. */
export const sessionGuard = (
  state$: Observable<SessionSigns>,
  speech$: Observable<boolean>,
  { watchdogMs }: KioskOptions,
  restart: () => void,
): Observable<unknown> => remedied(answers(state$, speech$, watchdogMs), { remedies: ['restart'], random }).pipe(tap(restart));

/** The Worker's word on whether the page stands still. */
export const pageGuard = (
  edges: KioskEdges,
  status: KioskStatus,
  { watchdogMs, heartbeatUrl }: KioskOptions,
): Observable<unknown> =>
  edges.stalls(Math.min(watchdogMs, 10_000), heartbeatUrl).pipe(
    tap(({ type, ms }) => {
      status.longestStallMs = Math.max(status.longestStallMs, Math.round(ms));
      if (type !== 'back') return;
      status.stalled = true;
      status.restarts.page += 1;
      status.note('timed-out', `the page stood still for ${Math.round(ms)} ms`);
    }),
  );

/** `look` looks whether the page is to be loaded anew. */
export const heartbeat = (options$: BehaviorSubject<KioskOptions>, beat: (options: KioskOptions) => void): Observable<never> =>
  options$.pipe(
    switchMap((options) =>
      timer(options.heartbeatMs, options.heartbeatMs).pipe(
        tap(() => {
          beat(options);
        }),
      ),
    ),
    switchMap(() => EMPTY),
  );
