import type { ErrorFacts } from './errors.ts';

/** What a picture that is played tells of itself, and what can be asked of it, whichever engine plays it. Positions are seconds on the element's own timeline. */

/** One segment of a playlist; what plays is looked up in these, since a timeline may have gaps in clock time. */
export interface PlayedFragment {
  readonly startS: number;
  readonly durationS: number;
  /** Unix ms of its first frame (EXT-X-PROGRAM-DATE-TIME); null = the playlist does not tell. */
  readonly dateMs: number | null;
}

/** One rendition of the picture. */
export interface PictureQuality {
  /** Position in the list; what `quality` asks for. */
  readonly index: number;
  /** px, 0 = not told */
  readonly height: number;
  readonly bitsPerSecond: number;
}

/** Captions that a master playlist names. */
export interface CaptionRendition {
  readonly url: string;
  /** BCP 47, '' = not told */
  readonly language: string;
  readonly name: string;
}

export type PlayerEvent =
  /** `hls` by MediaSource, `native` by the browser, `file` without a playlist. */
  | { readonly type: 'attached'; readonly engine: 'hls' | 'native' | 'file' }
  | {
      readonly type: 'timeline';
      /** No end is known yet. */
      readonly live: boolean;
      readonly fragments: readonly PlayedFragment[];
    }
  | { readonly type: 'qualities'; readonly qualities: readonly PictureQuality[] }
  /** What is loaded now; `automatic`: the engine chose it. */
  | { readonly type: 'quality'; readonly index: number; readonly automatic: boolean }
  | { readonly type: 'renditions'; readonly captions: readonly CaptionRendition[] }
  /** Seconds of MPEG-2 time at position 0: what X-TIMESTAMP-MAP of WebVTT counts from. */
  | { readonly type: 'first-timestamp'; readonly seconds: number }
  /** The playlist goes on but nothing new is in it: the source is away. */
  | { readonly type: 'source-paused' }
  /** After `source-paused`, `retrying` or `recovering`: it plays on. */
  | { readonly type: 'recovered' }
  | { readonly type: 'recovering'; readonly how: 'media' | 'rebuild' }
  /** The network's fault; tried again in `inMs`, or at once when asked. */
  | { readonly type: 'retrying'; readonly inMs: number; readonly error: ErrorFacts }
  | { readonly type: 'failed'; readonly error: ErrorFacts };

export type PlayerCommand =
  /** Null = the engine chooses. */
  | { readonly type: 'quality'; readonly index: number | null }
  /** Seconds behind the newest picture; null = as the playlist wants. */
  | { readonly type: 'latency'; readonly seconds: number | null }
  | { readonly type: 'retry' };
