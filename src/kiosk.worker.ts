import { filter, ignoreElements, map, merge, NEVER, Observable, switchMap, tap, timer } from 'rxjs';
import type { CaptureFrame } from '../worklets/messages.ts';
import { ear, type EarEvent } from './pipelines/kiosk-ear.ts';
import { stalls, type Stall } from './pipelines/kiosk-watch-parts.ts';
import { eventsOf } from './shared/events-of.ts';

/** The kiosk's own thread: it hears the room, and sees whether the page still answers. Its clock goes on when the page stands still. */

export type ToKioskWorker =
  /** Frames come through `port`; a later one takes its place. */
  | { readonly kiosk: 'ear'; readonly port: MessagePort; readonly frameMs: number; readonly softestDb: number | null }
  | { readonly kiosk: 'deaf' }
  /** Asks the page from now on; `url` is told of a page that does not answer within `limitMs`. */
  | { readonly kiosk: 'watch'; readonly limitMs: number; readonly url: string | null }
  | { readonly kiosk: 'unwatch' }
  | { readonly kiosk: 'here' };

export type FromKioskWorker =
  | { readonly kiosk: 'heard'; readonly event: EarEvent }
  | { readonly kiosk: 'stall'; readonly stall: Stall }
  | { readonly kiosk: 'there?' };

/** Times that the page is asked within its limit. */
const QUESTIONS = 5;

/** What the frames behind a capture worklet's port say of the room; unsubscribing closes the port. */
export const heardThrough = (port: MessagePort, frameMs: number, softestDb: number | null): Observable<EarEvent> =>
  ear(
    new Observable<number>((subscriber) => {
      port.onmessage = ({ data }: MessageEvent<CaptureFrame>) => {
        subscriber.next(data.level);
      };
      return () => {
        port.onmessage = null;
        port.close();
      };
    }),
    frameMs,
    softestDb ?? undefined,
  );

interface Peer {
  postMessage(message: FromKioskWorker): void;
  addEventListener(type: string, listener: (event: MessageEvent<ToKioskWorker>) => void): void;
  removeEventListener(type: string, listener: (event: MessageEvent<ToKioskWorker>) => void): void;
}

function serveKiosk(page: Peer): Observable<FromKioskWorker> {
  const wish$ = eventsOf<MessageEvent<ToKioskWorker>>(page, 'message').pipe(map(({ data }) => data));
  const heard$ = wish$.pipe(
    filter((wish) => wish.kiosk === 'ear' || wish.kiosk === 'deaf'),
    switchMap((wish) => (wish.kiosk === 'deaf' ? NEVER : heardThrough(wish.port, wish.frameMs, wish.softestDb))),
    map((event): FromKioskWorker => ({ kiosk: 'heard', event })),
  );
  const here$ = wish$.pipe(filter(({ kiosk }) => kiosk === 'here'));
  const watched$ = wish$.pipe(
    filter((wish) => wish.kiosk === 'watch' || wish.kiosk === 'unwatch'),
    switchMap((wish) => (wish.kiosk === 'unwatch' ? NEVER : watch(here$, wish.limitMs, wish.url))),
  );
  return merge(heard$, watched$).pipe(
    tap((told) => {
      page.postMessage(told);
    }),
  );
}

function watch(here$: Observable<unknown>, limitMs: number, url: string | null): Observable<FromKioskWorker> {
  const asked$ = timer(0, limitMs / QUESTIONS).pipe(map((): FromKioskWorker => ({ kiosk: 'there?' })));
  const stall$ = stalls(here$, limitMs, () => performance.now()).pipe(
    tap((stall) => {
      if (url !== null) tell(url, stall);
    }),
    map((stall): FromKioskWorker => ({ kiosk: 'stall', stall })),
  );
  return merge(asked$, stall$);
}

/** The page cannot tell that it stands still; whoever watches from outside hears it from here. */
function tell(url: string, { type, ms }: Stall): void {
  const body = JSON.stringify({ page: type === 'still' ? 'stalled' : 'back', stalledMs: Math.round(ms) });
  fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true, body }).catch(() => {
    // Without a network nobody can be told; the next heartbeat that gets through has the longest stall in it.
  });
}

if ('WorkerGlobalScope' in globalThis)
  serveKiosk(globalThis as unknown as Peer)
    .pipe(ignoreElements())
    .subscribe();
