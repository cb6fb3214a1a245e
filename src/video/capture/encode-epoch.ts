import { Observable } from 'rxjs';
import { captureKind, type CaptureChunk } from '../../shared/capture.ts';
import { AssistantError } from '../../shared/errors.ts';
import { encodePicture } from './encode-picture.ts';
import { encodeSound } from './encode-sound.ts';
import { FrameSlices, type EncodedFrame, type Slice } from './frame-slices.ts';
import { pictureConfig } from './picture-codec.ts';
import { BITS_PER_SECOND, type EpochOptions } from './record-epoch.ts';
import type { TrackClock } from './track-clock.ts';
import { canReadTracks, trackFrames } from './track-frames.ts';
import { webmHead, type WebmTrack } from './webm-writer.ts';

/**
 * One recording of a track by WebCodecs: every frame stands at the time it was captured at, whatever the machine was busy with when it came.
 * MediaRecorder, where there is no WebCodecs, begins its file at 0 and tells nobody when that was.
 */

export interface EncodingParts {
  readonly clock: TrackClock;
  readonly bitsPerSecond: number;
  readonly now: () => number;
  /** Told before the first frame. */
  readonly describe: (track: WebmTrack) => void;
  readonly frame: (frame: EncodedFrame) => void;
  readonly fail: (cause: unknown) => void;
}

export interface Encoding<Frame> {
  /** Capture clock at the epoch's 0, as well as is known by now. */
  readonly zeroMs: number;
  /** Takes it over. False: it does not belong to this epoch any more, which has to end. */
  put(frame: Frame): boolean;
  /** Resolves when everything has been encoded. */
  finish(): Promise<void>;
  close(): void;
}

/** Completes after `end$`, with its track, or by itself when what is captured changed its form. Fails with `unsupported`. The track is left as it is. */
export function encodeEpoch(track: MediaStreamTrack, options: EpochOptions, clock: TrackClock): Observable<CaptureChunk> {
  return new Observable((subscriber) => {
    const { channel, epoch, mime, now } = options;
    const kind = captureKind(channel);
    const slices = new FrameSlices(kind);
    let finishing = false;
    const fail = (cause: unknown): void => {
      subscriber.error(new AssistantError('unsupported', 'this browser cannot encode that', { cause, field: channel }));
    };
    const give = ({ key, fromMs, toMs, bytes }: Slice): void => {
      subscriber.next({ channel, epoch, init: false, key, capturedMs: encoding.zeroMs + toMs, fromMs, toMs, bytes });
    };
    const parts: EncodingParts = {
      clock,
      bitsPerSecond: BITS_PER_SECOND[channel],
      now,
      describe: (head) => {
        const times = { capturedMs: now(), fromMs: 0, toMs: 0 };
        subscriber.next({ channel, epoch, init: true, key: false, ...times, bytes: webmHead(head) });
      },
      frame: (frame) => slices.push(frame).forEach(give),
      fail,
    };
    const sound = kind === 'audio' ? encodeSound(parts) : null;
    const picture = kind === 'video' ? encodePicture(mime, parts) : null;
    const encoding = {
      get zeroMs() {
        return sound?.zeroMs ?? picture?.zeroMs ?? now();
      },
    };

    const finish = (): void => {
      if (finishing) return;
      finishing = true;
      frames.unsubscribe();
      (sound ?? picture)?.finish().then(() => {
        slices.flush().forEach(give);
        subscriber.complete();
      }, fail);
    };
    const frames = trackFrames(track).subscribe({
      next: (frame) => {
        if (finishing) {
          frame.close();
          return;
        }
        try {
          const taken = frame instanceof VideoFrame ? picture?.put(frame) : sound?.put(frame);
          if (taken !== true) finish();
        } catch (cause) {
          fail(cause);
        }
      },
      error: fail,
      complete: finish,
    });
    const ending = options.end$.subscribe(finish);
    return () => {
      ending.unsubscribe();
      frames.unsubscribe();
      sound?.close();
      picture?.close();
    };
  });
}

/** A size that every encoder should know. */
const USUAL = { width: 1280, height: 720 };

/** Whether `encodeEpoch` can write what `mime` names. Never rejects. */
export async function canEncode(kind: 'audio' | 'video', mime: string): Promise<boolean> {
  if (!canReadTracks() || typeof VideoEncoder !== 'function' || typeof AudioEncoder !== 'function') return false;
  if (!/^(audio\/webm;codecs=opus|video\/(webm|x-matroska);codecs=(h264|avc1|vp9|vp8))$/.test(mime)) return false;
  try {
    const { supported } =
      kind === 'audio'
        ? await AudioEncoder.isConfigSupported({ codec: 'opus', sampleRate: 48_000, numberOfChannels: 1, bitrate: 64_000 })
        : await VideoEncoder.isConfigSupported(pictureConfig(mime, USUAL, BITS_PER_SECOND.camera));
    return supported === true;
  } catch {
    // A configuration that is not even understood.
    return false;
  }
}
