import {
  asyncScheduler,
  BehaviorSubject,
  defer,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  Subject,
  Subscription,
  tap,
  throttleTime,
  type Observable,
} from 'rxjs';
import { type Closed, reconnect } from './pipelines/reconnect.ts';
import { captureTicket } from './protocols/capture/ticket.ts';
import { uploadConnection, type CaptureTicket } from './protocols/capture/upload.ts';
import { UploadQueue } from './protocols/capture/upload-queue.ts';
import type { SocketConstructor } from './protocols/socket.ts';
import type { Recorder } from './session/recorder.ts';
import type { CaptureDownlink, CaptureUplink } from './shared/capture.ts';
import { idleCapture, type CaptureState } from './shared/capture-state.ts';
import { eventsOf } from './shared/events-of.ts';
import { capture as captured, type CaptureControl, type CaptureUpload, type CaptureWishes } from './video/recorder.ts';

/** The recorder's composition root: devices of this page, a queue that survives lost connections, and the gateway behind it. */

export interface CaptureOptions extends CaptureWishes {
  /** Base URL of the gateway, `http(s):` or `ws(s):`. */
  readonly endpoint: string;
  /** Answers a POST as the gateway's `/capture/token` does; default: the gateway's. */
  readonly tokenUrl?: string;
  /** A capture session that the page's own server made (`cap-…`); default: a new one. */
  readonly sessionId?: string;
  /** Client token of that session (`st-…`); default: the page is known by its origin. */
  readonly token?: string;
  /** Whose recording it is, for a new session; shown in its details and told to its webhook. */
  readonly endUserId?: string;
  /** Default: the platform's. */
  readonly WebSocket?: SocketConstructor;
}

/**
 * Captures what is wished for and sends it to the gateway. Cold: subscribing asks for permission (call it within a press) and records,
 * unsubscribing lets go of everything. Completes when all is stored after `stop`, or after a failure; the last state tells which.
 */
export const capture = (options: CaptureOptions): Observable<CaptureState> =>
  captured(options, { upload: uploader(options), now });

/** Unix ms that no change of the computer's clock makes jump. */
const now = (): number => performance.timeOrigin + performance.now();

const PROGRESS_MS = 250;

const uploader =
  (options: CaptureOptions): CaptureUpload =>
  (channels) =>
  (uplink$) =>
    defer(() => {
      const queue = new UploadQueue();
      const changed$ = new Subject<void>();
      // A session that was made for the first connection is gone on with on every other one.
      let sessionId = options.sessionId ?? null;
      const ticket = (): Observable<CaptureTicket> =>
        captureTicket({
          url: options.tokenUrl ?? new URL('/capture/token', options.endpoint.replace(/^ws/, 'http')).href,
          sessionId,
          token: options.token ?? null,
          endUserId: options.endUserId ?? null,
        }).pipe(tap((answer) => (sessionId = answer.sessionId)));
      const { WebSocket } = options;
      const connection$ = uploadConnection({ ticket, channels, queue, changed$, now, ...(WebSocket ? { WebSocket } : {}) });
      const put$ = uplink$.pipe(
        tap((uplink) => {
          put(queue, uplink);
          changed$.next();
        }),
        ignoreElements(),
      );
      const progress$ = changed$.pipe(
        throttleTime(PROGRESS_MS, asyncScheduler, { leading: true, trailing: true }),
        map((): CaptureDownlink => ({ type: 'progress', progress: queue.progress })),
      );
      const kept$ = connection$.pipe(
        endWith<CaptureDownlink | Closed>({ type: 'closed' }),
        reconnect(({ type }) => type === 'ready', { random: () => Math.random(), now$: eventsOf(globalThis, 'online') }),
        filter((event) => event.type !== 'closed'),
      );
      return merge(progress$, kept$, put$);
    });

function put(queue: UploadQueue, uplink: CaptureUplink): void {
  switch (uplink.type) {
    case 'chunk':
      queue.add(uplink.chunk);
      return;
    case 'ended':
      queue.end(uplink.channel, uplink.reason);
      return;
    case 'paused':
      queue.pause(uplink.paused, uplink.atMs);
      return;
    case 'stop':
      queue.stop();
  }
}

/** As `CaptureOptions`; what is captured is told to `start`. */
export type RecorderOptions = Omit<CaptureOptions, keyof CaptureWishes>;

/** A recorder for this page. Nothing is opened or connected before `start`. */
export function createRecorder(options: RecorderOptions): Recorder {
  const state = new BehaviorSubject<CaptureState>(idleCapture);
  let running: { readonly all: Subscription; readonly control$: Subject<CaptureControl> } | null = null;
  const over = (): void => {
    running?.all.unsubscribe();
    running = null;
  };
  const tell = (control: CaptureControl): void => {
    running?.control$.next(control);
  };
  return {
    state,
    start: (choice) => {
      if (running !== null) return;
      const control$ = new Subject<CaptureControl>();
      const all = new Subscription();
      running = { all, control$ };
      all.add(
        capture({ ...options, ...choice, partial: true, control$ }).subscribe({
          next: (now) => {
            state.next(now);
          },
          complete: over,
        }),
      );
      // A page that is left, or put aside with its devices open, records no more; what is stored by then stays.
      all.add(eventsOf(globalThis, 'pagehide').subscribe(() => tell('stop')));
    },
    pause: () => tell('pause'),
    resume: () => tell('resume'),
    stop: () => tell('stop'),
    dispose: () => {
      over();
      state.next(idleCapture);
    },
  };
}
