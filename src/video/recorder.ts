import {
  catchError,
  defer,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  scan,
  share,
  startWith,
  Subject,
  switchMap,
  takeWhile,
  tap,
  type OperatorFunction,
} from 'rxjs';
import {
  captureKind,
  type CaptureChannelId,
  type CaptureDownlink,
  type CaptureEnd,
  type CaptureUplink,
} from '../shared/capture.ts';
import { idleCapture, stepCapture, type CaptureEvent, type CaptureState, type CapturedChannel } from '../shared/capture-state.ts';
import { AssistantError } from '../shared/errors.ts';
import { mimeFor } from './capture/mimes.ts';
import { recordTrack } from './capture/record-track.ts';
import { openSources, type Source, type Sources, type SourceWishes } from './capture/sources.ts';

/** Microphone, camera, screen and the computer's sound, recorded each by itself and sent up while they are recorded. */

/** `stop` records no more and sees to it that everything recorded is stored; unsubscribing drops what is not. */
export type CaptureControl = 'pause' | 'resume' | 'stop';

export interface CaptureWishes extends SourceWishes {
  readonly control$?: Observable<CaptureControl>;
}

/** Carries chunks to the gateway, over lost connections; completes once it has told `stopped`. */
export type CaptureUpload = (
  channels: readonly Pick<CapturedChannel, 'channel' | 'label' | 'mime'>[],
) => OperatorFunction<CaptureUplink, CaptureDownlink>;

export interface CapturePorts {
  readonly upload: CaptureUpload;
  /** The capture clock: Unix ms that never jump. */
  readonly now: () => number;
}

/**
 * Cold: subscribing asks for permission (call it within a press) and records; unsubscribing lets go of everything at once. Emits the state
 * with every change and completes when everything is stored after `stop`, or after a failure, which the last state tells (`phase` `error`).
 */
export const capture = (wishes: CaptureWishes, ports: CapturePorts): Observable<CaptureState> =>
  events(wishes, ports).pipe(
    scan(stepCapture, idleCapture),
    takeWhile(({ phase }) => phase !== 'stopped' && phase !== 'error', true),
  );

const events = (wishes: CaptureWishes, ports: CapturePorts): Observable<CaptureEvent> =>
  openSources(wishes).pipe(
    switchMap((sources) => recording(sources, wishes, ports)),
    catchError((cause: unknown) =>
      of<CaptureEvent>({ type: 'failed', error: AssistantError.from(cause, 'unsupported').toFacts(), atMs: ports.now() }),
    ),
    startWith<CaptureEvent>({ type: 'asking' }),
  );

interface Recorded extends Source {
  readonly label: string;
  readonly mime: string;
}

function recording(
  { sources, refusals }: Sources,
  wishes: CaptureWishes,
  { upload, now }: CapturePorts,
): Observable<CaptureEvent> {
  return defer(() => {
    const channels = sources.map((source): Recorded => ({ ...source, label: source.track.label, mime: wanted(source.channel) }));
    const told$ = new Subject<CaptureEvent>();
    const stop$ = new Subject<void>();
    const paused$ = new Subject<boolean>();
    const recorded$ = merge(...channels.map((each) => chunks(each, { paused$, stop$, now }, told$)));
    const notes$ = new Subject<CaptureUplink>();
    const halt = (): void => {
      told$.next({ type: 'stopping', atMs: now() });
      stop$.next();
    };
    // All tracks are over, by a press or because their devices are gone: what follows is to be stored, and no more.
    const uplink$ = merge(notes$, recorded$.pipe(endWith<CaptureUplink>({ type: 'stop' }))).pipe(
      tap(({ type }) => {
        if (type === 'stop') told$.next({ type: 'stopping', atMs: now() });
      }),
      share(),
    );
    const control$ = (wishes.control$ ?? new Observable<never>()).pipe(
      tap((control) => {
        if (control === 'stop') {
          halt();
          return;
        }
        const paused = control === 'pause';
        paused$.next(paused);
        notes$.next({ type: 'paused', paused, atMs: now() });
        told$.next({ type: 'paused', paused, atMs: now() });
      }),
      ignoreElements(),
    );
    const opened: CaptureEvent = { type: 'opened', channels, refusals, pictures: pictures(sources), atMs: now() };
    const up$ = uplink$.pipe(
      upload(channels.map(({ channel, label, mime }) => ({ channel, label, mime }))),
      tap(({ type }) => {
        if (type === 'halt') halt();
      }),
      map((event): CaptureEvent => ({ type: 'downlink', event })),
    );
    return merge(told$, up$, control$).pipe(startWith(opened));
  });
}

/** One channel from its first chunk to the reason of its end. A recorder that fails ends its own channel, not the others. */
function chunks(
  { channel, track, mime }: Recorded,
  {
    paused$,
    stop$,
    now,
  }: { readonly paused$: Observable<boolean>; readonly stop$: Observable<void>; readonly now: () => number },
  told$: Subject<CaptureEvent>,
): Observable<CaptureUplink> {
  return defer(() => {
    let reason: CaptureEnd = channel === 'screen' || channel === 'system_audio' ? 'unshared' : 'lost';
    const stopping$ = stop$.pipe(tap(() => (reason = 'stopped')));
    return recordTrack(track, { channel, mime, paused$: paused$.pipe(startWith(false)), stop$: stopping$, now }).pipe(
      map((chunk): CaptureUplink => ({ type: 'chunk', chunk })),
      catchError((cause: unknown) => {
        reason = 'failed';
        const error = AssistantError.from(cause, 'unsupported').toFacts();
        told$.next({ type: 'downlink', event: { type: 'complaint', error } });
        return of<null>(null);
      }),
      filter((uplink) => uplink !== null),
      endWith(null),
      map((uplink): CaptureUplink => {
        if (uplink !== null) return uplink;
        told$.next({ type: 'ended', channel, reason });
        return { type: 'ended', channel, reason };
      }),
    );
  });
}

function wanted(channel: CaptureChannelId): string {
  const supported = typeof MediaRecorder === 'function' ? (mime: string) => MediaRecorder.isTypeSupported(mime) : () => false;
  const mime = mimeFor(captureKind(channel), supported);
  if (mime === null) throw new AssistantError('unsupported', 'this browser records nothing', { field: channel });
  return mime;
}

function pictures(sources: readonly Source[]): CaptureState['pictures'] {
  const of = (wish: CaptureChannelId) => sources.find(({ channel }) => channel === wish)?.stream ?? null;
  return { camera: of('camera'), screen: of('screen') };
}
