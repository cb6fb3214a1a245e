import { concatMap, from, Observable, Subject } from 'rxjs';
import { captureKind, type CaptureChannelId, type CaptureChunk } from '../../shared/capture.ts';
import { AssistantError } from '../../shared/errors.ts';
import { CaptureClock } from './capture-clock.ts';
import { containerOf } from './mimes.ts';
import { Mp4Pieces } from './mp4.ts';
import { WebmPieces } from './webm.ts';

/** One MediaRecorder from its start to its last byte, as chunks of whole frames. */

export interface EpochOptions {
  readonly channel: CaptureChannelId;
  readonly mime: string;
  readonly epoch: number;
  /** The capture clock, Unix ms. */
  readonly now: () => number;
  /** The recorder hands over what it still has, then the chunks complete. */
  readonly end$: Observable<unknown>;
}

/** How often the recorder hands over what it has; so much is lost with a tab that crashes. */
const SLICE_MS = 200;
/** A recorder whose clock slipped is ended after so much, for another to begin; a machine that is always too busy has not only beginnings. */
const SHORTEST_MS = 3000;
/** A decoder is let in so often. */
const KEY_FRAMES_MS = 1000;
export const BITS_PER_SECOND: Readonly<Record<CaptureChannelId, number>> = {
  mic: 64_000,
  system_audio: 128_000,
  camera: 2_500_000,
  screen: 3_000_000,
};

/** The key frames' interval is newer than TypeScript's DOM (MediaStream Recording, `MediaRecorderOptions`). */
interface RecorderOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration?: number;
}

/** Completes after `end$`, or by itself when the track has ended or its clock has slipped (`CaptureClock`). Fails with `unsupported`. The track is left as it is. */
export function recordEpoch(track: MediaStreamTrack, options: EpochOptions): Observable<CaptureChunk> {
  return new Observable((subscriber) => {
    let recorder: MediaRecorder;
    const startedMs = options.now();
    const clock = new CaptureClock(startedMs);
    try {
      recorder = begin(track, options);
    } catch (cause) {
      subscriber.error(new AssistantError('unsupported', 'this browser cannot record that', { cause, field: options.channel }));
      return undefined;
    }
    const blobs$ = new Subject<{ readonly blob: Blob; readonly atMs: number }>();
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) blobs$.next({ blob: data, atMs: options.now() });
    };
    recorder.onstop = () => {
      blobs$.complete();
    };
    recorder.onerror = () => {
      subscriber.error(new AssistantError('unsupported', 'the recorder gave up', { field: options.channel }));
    };
    const kind = captureKind(options.channel);
    const pieces = containerOf(recorder.mimeType) === 'mp4' ? new Mp4Pieces() : new WebmPieces(kind);
    const read = blobs$.pipe(concatMap(({ blob, atMs }) => from(bytesOf(blob, atMs)))).subscribe({
      next: ({ bytes, atMs }) => {
        try {
          const found = pieces.push(bytes);
          const captured = clock.arrived(found, atMs);
          for (const [index, { init, key, fromMs, toMs, bytes: media }] of found.entries()) {
            const capturedMs = captured[index] ?? atMs;
            subscriber.next({
              channel: options.channel,
              epoch: options.epoch,
              init,
              key,
              capturedMs,
              fromMs,
              toMs,
              bytes: media,
            });
          }
          if (clock.slipped && atMs - startedMs > SHORTEST_MS) finish(recorder);
        } catch (cause) {
          subscriber.error(new AssistantError('unsupported', 'what the recorder writes is not understood', { cause }));
        }
      },
      error: (cause: unknown) => {
        subscriber.error(AssistantError.from(cause, 'unsupported'));
      },
      complete: () => {
        subscriber.complete();
      },
    });
    read.add(options.end$.subscribe(() => finish(recorder)));
    read.add(() => {
      recorder.ondataavailable = recorder.onstop = recorder.onerror = null;
      finish(recorder);
    });
    return read;
  });
}

function begin(track: MediaStreamTrack, { channel, mime }: EpochOptions): MediaRecorder {
  const bits = BITS_PER_SECOND[channel];
  const wishes: RecorderOptions =
    captureKind(channel) === 'audio'
      ? { mimeType: mime, audioBitsPerSecond: bits }
      : { mimeType: mime, videoBitsPerSecond: bits, videoKeyFrameIntervalDuration: KEY_FRAMES_MS };
  const recorder = new MediaRecorder(new MediaStream([track]), wishes);
  recorder.start(SLICE_MS);
  return recorder;
}

function finish(recorder: MediaRecorder): void {
  if (recorder.state !== 'inactive') recorder.stop();
}

const bytesOf = async (blob: Blob, atMs: number): Promise<{ bytes: Uint8Array; atMs: number }> => ({
  bytes: new Uint8Array(await blob.arrayBuffer()),
  atMs,
});
