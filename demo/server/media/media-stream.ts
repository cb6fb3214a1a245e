import type { Readable } from 'node:stream';
import type { Observable } from 'rxjs';
import type { Behavior } from '../../../src/shared/behavior.ts';
import type { Recording } from './recording.ts';

/** A live source while it is taken in: recorded, shown live, and tapped for its sound and pictures. Times are Unix ms of the picture's own clock. */

export type Track = 'audio' | 'video';

export type SourceSpec =
  /** rtsp, rtsps, rtmp, rtmps, http, https (a video file or an HLS playlist) or file. */
  | { readonly kind: 'url'; readonly url: string }
  /** A whole film on this disk, taken in faster than time; it began at `startMs`, Unix ms. */
  | { readonly kind: 'recorded'; readonly path: string; readonly startMs: number }
  /** An encoder publishes to `Media.pushUrl(key)`. */
  | { readonly kind: 'push'; readonly key: string }
  /** Container bytes (webm, mp4) that somebody hands over; asked for again after each end, until `stop`. */
  | {
      readonly kind: 'bytes';
      open(): Readable;
      /**
       * Unix ms of the first frame of what was opened last, where its giver knows the capture clock: asked for each epoch's first fragment
       * and then again, and taken instead of an estimate from when bytes arrive. Null or absent = not known (yet).
       */
      startMs?(): number | null;
    };

export interface MediaOptions {
  /** Tracks that are taken; what is not listed is absent from everything. */
  readonly tracks: readonly Track[];
  /** False: shown live, kept nowhere. */
  readonly store: boolean;
}

/** A stretch of sound: 16 kHz mono Int16. */
export interface SoundPiece {
  /** Of its first sample. */
  readonly atMs: number;
  readonly pcm: Int16Array;
  /** Does not follow the piece before: the source was away. */
  readonly cut: boolean;
}

export interface Frame {
  readonly atMs: number;
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface MediaHealth {
  /** `waiting`: for a publisher; `retrying`: lost, tried again; `ended`: a file's end; `failed`: given up, `error` says why. */
  readonly state: 'stopped' | 'connecting' | 'waiting' | 'live' | 'retrying' | 'ended' | 'failed';
  /** Unix ms of the last change of `state`. */
  readonly sinceMs: number;
  /** In words, without credentials. */
  readonly error: string | null;
  /** When `retrying`. */
  readonly retryInMs: number | null;
  /** RFC 6381, null = no such track. */
  readonly codecs: Readonly<Record<Track, string | null>>;
  readonly width: number | null;
  readonly height: number | null;
  /** Over the last seconds. */
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** Bytes taken in since `start`. */
  readonly bytes: number;
  /** Times the source was away. */
  readonly discontinuities: number;
  /** True: video is transcoded, not copied. */
  readonly transcoded: boolean;
  /** Recording is paused: no room on the disk. */
  readonly diskFull: boolean;
}

export interface MediaStream {
  readonly id: string;
  readonly health: Behavior<MediaHealth>;
  readonly recording: Recording;
  /** Idempotent. */
  start(): void;
  /** Resolves when everything of it is on the disk. Idempotent. */
  stop(): Promise<void>;
  /** Cold: decoding runs while somebody listens, from the live edge on. Completes with `stop`; across an absence of the source it goes on. */
  sound(): Observable<SoundPiece>;
  /** One picture every `everyMs` on the stream's clock, at most `maxWidth` px wide (default 1280). Cold as `sound`. */
  frames(wish: { readonly everyMs: number; readonly maxWidth?: number }): Observable<Frame>;
}

/** Everything that is taken in here. */
export interface Media {
  /** The running or stopped stream of that id, made when unknown. Options of a known one are replaced at its next start. */
  stream(id: string, source: SourceSpec, options: MediaOptions): MediaStream;
  /** What was recorded under that id, running or not; also after a restart. */
  recording(id: string): Recording;
  /** `rtmp://host:port/<key>`; null = no RTMP is served here (`RTMP_PORT`). */
  pushUrl(key: string): string | null;
  /** Why nothing can be taken in (no ffmpeg …), else null. */
  readonly unavailable: string | null;
  close(): Promise<void>;
}
