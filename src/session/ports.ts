import { defer, filter, map, merge, Observable, of, switchMap, take, type MonoTypeOperatorFunction } from 'rxjs';
import type { CaptureFrame, PlaybackCommand, PlaybackEvent } from '../../worklets/messages.ts';
import type { HeardFrame, MicrophoneEvent } from './microphone.ts';

/** The worklets' ports as Observables, wherever the port was transferred to. */

/** Frames of the capture worklet behind `port`; unsubscribing closes the port. */
export const framesFrom = (port: MessagePort): Observable<HeardFrame> =>
  new Observable((subscriber) => {
    port.onmessage = ({ data }: MessageEvent<CaptureFrame>) => {
      subscriber.next({ type: 'frame', pcm: new Int16Array(data.pcm), at: data.at, level: data.level });
    };
    return () => {
      port.onmessage = null;
      port.close();
    };
  });

/** Makes one clock of several: a reopened microphone counts on where the last one stopped. */
export const continuous = (): MonoTypeOperatorFunction<MicrophoneEvent> => (source$) =>
  defer(() => {
    let base = 0;
    let end = 0;
    return source$.pipe(
      map((event) => {
        if (event.type === 'live') {
          base = end;
          return event;
        }
        const at = base + event.at;
        end = at + event.pcm.length;
        return { ...event, at };
      }),
    );
  });

/** Sound waits for the worklet at most this long, in commands of about 100 ms each. */
const MOST_WAITING = 600;

/**
 * Commands to the playback worklet, its events back. `port$` is asked when `soon$` first emits, at the latest when there is something to
 * play; until it gives the port, commands wait and a flush forgets them.
 */
export const speakerOn =
  (port$: Observable<MessagePort>, soon$: Observable<unknown> = of(null)) =>
  (commands$: Observable<PlaybackCommand>): Observable<PlaybackEvent> =>
    new Observable((subscriber) => {
      let port: MessagePort | null = null;
      let waiting: PlaybackCommand[] = [];
      const post = (command: PlaybackCommand): void => {
        port?.postMessage(command, command.type === 'play' ? [command.pcm] : []);
      };
      const accept = (command: PlaybackCommand): void => {
        if (port !== null) post(command);
        else if (command.type === 'flush') {
          waiting = [];
          subscriber.next({
            type: 'flushed',
            id: command.id,
            itemId: null,
            contentIndex: 0,
            rendered: 0,
            received: 0,
            rate: 24_000,
          });
        } else if (waiting.length < MOST_WAITING) waiting.push(command);
      };
      const both = commands$.subscribe(accept);
      const wanted$ = merge(soon$, commands$.pipe(filter(({ type }) => type === 'play'))).pipe(take(1));
      both.add(
        wanted$.pipe(switchMap(() => port$)).subscribe({
          next: (opened) => {
            port?.close();
            port = opened;
            opened.onmessage = ({ data }: MessageEvent<PlaybackEvent>) => {
              subscriber.next(data);
            };
            waiting.forEach(post);
            waiting = [];
          },
          error: (cause: unknown) => {
            subscriber.error(cause);
          },
        }),
      );
      both.add(() => port?.close());
      return both;
    });
