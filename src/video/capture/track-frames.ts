import { Observable } from 'rxjs';

/** What a track captures, frame by frame as it comes, each with the time it was captured at. */

/** Not in TypeScript's DOM (MediaStreamTrack Insertable Media Processing using Streams; Chromium has it in windows, Safari in workers only). */
interface Processor {
  readonly readable: ReadableStream<VideoFrame | AudioData>;
}
type ProcessorConstructor = new (init: { readonly track: MediaStreamTrack; readonly maxBufferSize: number }) => Processor;

/** Sound that may wait for a busy page, buffers of about 10 ms: 10 s. */
const SOUND_BUFFERS = 1000;
/** Pictures that may wait; more would hold up the camera. */
const PICTURE_BUFFERS = 4;

/** Null where tracks cannot be read. */
function processor(): ProcessorConstructor | null {
  const found: unknown = Reflect.get(globalThis, 'MediaStreamTrackProcessor');
  return typeof found === 'function' ? (found as ProcessorConstructor) : null;
}

export const canReadTracks = (): boolean => processor() !== null;

/** Each frame is whoever takes it to close. Completes with the track. */
export function trackFrames(track: MediaStreamTrack): Observable<VideoFrame | AudioData> {
  return new Observable((subscriber) => {
    const Processor = processor();
    if (Processor === null) throw new TypeError('tracks cannot be read here');
    const maxBufferSize = track.kind === 'audio' ? SOUND_BUFFERS : PICTURE_BUFFERS;
    const reader = new Processor({ track, maxBufferSize }).readable.getReader();
    const read = (): void => {
      reader.read().then(
        ({ value, done }) => {
          if (value !== undefined && subscriber.closed) value.close();
          else if (value !== undefined) subscriber.next(value);
          if (done) subscriber.complete();
          else if (!subscriber.closed) read();
        },
        (cause: unknown) => {
          subscriber.error(cause);
        },
      );
    };
    read();
    return () => {
      // One whose track failed has nothing left to let go of, and nobody listens any more.
      reader.cancel().catch(() => undefined);
    };
  });
}
