import {
  BehaviorSubject,
  defer,
  filter,
  finalize,
  from,
  map,
  merge,
  NEVER,
  Observable,
  of,
  pairwise,
  startWith,
  switchMap,
  tap,
} from 'rxjs';
import { type Capture, openCapture } from './audio/capture.ts';
import { acquireContext } from './audio/context.ts';
import { voiceHost, type HostOptions } from './host.ts';
import { chime } from './kiosk-sound.ts';
import workerUrl from './kiosk.worker.ts?worker&url';
import type { FromKioskWorker, ToKioskWorker } from './kiosk.worker.ts';
import { sharedMicrophone, type PageSoundOptions } from './page-sound.ts';
import type { EarEvent } from './pipelines/kiosk-ear.ts';
import { hasMoved } from './pipelines/kiosk-presence.ts';
import type { Stall } from './pipelines/kiosk-watch-parts.ts';
import type { AssistantOptions } from './session/options.ts';
import type { Host } from './session/stage.ts';
import { eventsOf } from './shared/events-of.ts';

/** The kiosk's composition root: its ear, its eye, its Worker and its sound, made of real devices. */

export interface KioskDevices extends PageSoundOptions, HostOptions {
  readonly camera?: string | null | undefined;
  /** What the conversation is now, asked when something is to be said; null = whoever answers is not the tag's own. */
  readonly conversation: () => AssistantOptions | null;
}

/** Each is cold: subscribing acquires, unsubscribing lets go. */
export interface KioskEdges {
  /** Opens the microphone; fails as `openMicrophone` and `openCapture` do. `softestDb`: dBFS, as calibrated. */
  ear(softestDb: number | null): Observable<{ readonly type: 'open' } | EarEvent>;
  /** Levels of frames, RMS 0–1, at most 16 a second. */
  readonly level$: Observable<number>;
  /** Somebody moves before the camera. */
  readonly movement$: Observable<unknown>;
  /** Whether the page stands still, seen by a Worker; `url` hears of it while it does. Never emits where there is no Worker. */
  stalls(limitMs: number, url: string | null): Observable<Stall>;
  /** Holds the page's AudioContext; emits it and each that took its place. */
  readonly context$: Observable<unknown>;
  /** Of the context that is held; holds it too. */
  readonly contextState$: Observable<string>;
  /** Two short tones; completes with the second. `volume`: 0–1. */
  readonly chime: (volume: number) => Observable<never>;
  /**
   * Says `words` in the voice of the conversation and beside it: emits when the first sound of it is heard, completes with the last.
   * Unsubscribing is silence at once. Fails with `unsupported` where the tag describes no voice, else as `aside`.
   */
  readonly say: (words: string, language: string, volume: number) => Observable<'begun'>;
}

const RATE = 16_000;
const FRAME_MS = 20;
const LOOK_MS = 500;

export function kioskEdges(devices: KioskDevices): KioskEdges {
  const { microphone = null, stream, workletUrl, assetBase } = devices;
  const capture$ = new BehaviorSubject<Capture | null>(null);
  // The page hears of each level only while somebody looks at it: the screen that waits costs next to nothing beside noise.
  const opened$ = defer(() => sharedMicrophone(microphone, stream as MediaStream | undefined)).pipe(
    switchMap(({ stream: live }) => openCapture({ stream: live, targetRate: RATE, workletUrl, assetBase })),
    tap((capture) => {
      capture$.next(capture);
    }),
    finalize(() => {
      capture$.next(null);
    }),
  );
  const worker$ = voiceHost({ ...devices, workerUrl: workerScript(devices) });
  return {
    ear: (softestDb) =>
      opened$.pipe(switchMap(({ port }) => merge(of({ type: 'open' } as const), heard(worker$, port, softestDb)))),
    level$: capture$.pipe(switchMap((capture) => capture?.level$.pipe(map(({ level }) => level)) ?? of(0))),
    movement$: movement(devices.camera ?? null),
    stalls: (limitMs, url) => stalls(worker$, limitMs, url),
    context$: acquireContext(),
    contextState$,
    chime,
    say: (words, language, volume) =>
      from(import('./kiosk-voice.ts')).pipe(
        switchMap(({ spokenAside }) => spokenAside(devices.conversation(), { words, language, volume })),
      ),
  };
}

/** Beside the voice worker, wherever the page has that. */
function workerScript({ workerUrl: voice, assetBase }: HostOptions): string {
  if (voice != null) return new URL('kiosk.worker.js', new URL(voice, document.baseURI)).href;
  if (assetBase != null && assetBase !== '') return `${assetBase.replace(/\/*$/, '/')}kiosk.worker.js`;
  return new URL(workerUrl, import.meta.url).href;
}

const toldBy = ({ port }: Host): Observable<FromKioskWorker> =>
  eventsOf<MessageEvent<FromKioskWorker>>(port as Parameters<typeof eventsOf<MessageEvent<FromKioskWorker>>>[0], 'message').pipe(
    map(({ data }) => data),
  );

const tell = ({ port }: Host, wish: ToKioskWorker, transfer: Transferable[] = []): void => {
  port.postMessage(wish, transfer);
};

/** In the Worker; where there is none, on the page. */
const heard = (worker$: Observable<Host>, port: MessagePort, softestDb: number | null): Observable<EarEvent> =>
  worker$.pipe(
    switchMap((host) =>
      host.kind === 'page'
        ? from(import('./kiosk.worker.ts')).pipe(switchMap(({ heardThrough }) => heardThrough(port, FRAME_MS, softestDb)))
        : heardBy(host, port, softestDb),
    ),
  );

const heardBy = (host: Host, port: MessagePort, softestDb: number | null): Observable<EarEvent> =>
  new Observable((subscriber) => {
    tell(host, { kiosk: 'ear', port, frameMs: FRAME_MS, softestDb }, [port]);
    const told = toldBy(host).subscribe((message) => {
      if (message.kiosk === 'heard') subscriber.next(message.event);
    });
    told.add(() => {
      tell(host, { kiosk: 'deaf' });
    });
    return told;
  });

const stalls = (worker$: Observable<Host>, limitMs: number, url: string | null): Observable<Stall> =>
  worker$.pipe(switchMap((host) => (host.kind === 'page' ? NEVER : stallsSeenBy(host, limitMs, url))));

const stallsSeenBy = (host: Host, limitMs: number, url: string | null): Observable<Stall> =>
  new Observable((subscriber) => {
    const told = toldBy(host).subscribe((message) => {
      if (message.kiosk === 'there?') tell(host, { kiosk: 'here' });
      else if (message.kiosk === 'stall') subscriber.next(message.stall);
    });
    tell(host, { kiosk: 'watch', limitMs, url });
    told.add(() => {
      tell(host, { kiosk: 'unwatch' });
    });
    return told;
  });

const movement = (deviceId: string | null): Observable<unknown> =>
  defer(() => Promise.all([import('./video/camera.ts'), import('./video/looks.ts')])).pipe(
    switchMap(([{ openCamera }, { looks }]) => openCamera(deviceId).pipe(switchMap((stream) => looks(stream, LOOK_MS)))),
    pairwise(),
    filter(([before, now]) => hasMoved(before, now)),
  );

/** Made from the context itself: what nobody else imports costs the voice path nothing. */
const contextState$ = acquireContext().pipe(
  switchMap((context) =>
    eventsOf(context, 'statechange').pipe(
      startWith(null),
      map((): string => context.state),
    ),
  ),
);
