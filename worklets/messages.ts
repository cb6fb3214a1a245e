/** What crosses the ports of the two worklets, as types. `port` members and `pcm` buffers are transferred, never copied. */

export interface CaptureOptions {
  /** Hz that the frames are resampled to. */
  readonly targetRate: number;
  /** Length of one frame, ms. */
  readonly frameMs: number;
}

/** To the capture worklet, by its node's port. */
export type CaptureCommand =
  /** Frames go out through `port` from now on. */
  { readonly type: 'connect'; readonly port: MessagePort } | { readonly type: 'stop' };

/** From the capture worklet, by the connected port: one a frame. */
export interface CaptureFrame {
  readonly type: 'frame';
  /** Int16 samples at the target rate. */
  readonly pcm: ArrayBuffer;
  /** Position of the first sample since the worklet began, in samples at the target rate; never jumps back. */
  readonly at: number;
  /** RMS of the frame, 0–1. */
  readonly level: number;
  /** Input samples at or beyond full scale in this frame. */
  readonly clipped: number;
}

/** From the capture worklet to the page, by its node's port, about 16 times a second while sound is not silent. */
export interface CaptureLevel {
  readonly type: 'level';
  readonly level: number;
  readonly clipped: number;
}

/** To the playback worklet, by its connected port (the voice host) or by its node's port (the page: connect, volume). */
export type PlaybackCommand =
  | { readonly type: 'connect'; readonly port: MessagePort }
  /** Queue Int16 sound of one item. `rate` in Hz may differ from item to item. */
  | {
      readonly type: 'play';
      readonly itemId: string;
      readonly contentIndex: number;
      readonly rate: number;
      readonly pcm: ArrayBuffer;
    }
  /** No more sound of this item: play what is there without waiting for the reserve. */
  | { readonly type: 'end'; readonly itemId: string }
  /** Fade out (5 ms), forget the queue, answer with `flushed`. */
  | { readonly type: 'flush'; readonly id: number }
  /** Move to `gain` (0–1) within `ms`. */
  | { readonly type: 'duck'; readonly gain: number; readonly ms: number }
  | { readonly type: 'volume'; readonly gain: number }
  | { readonly type: 'stop' };

/** From the playback worklet, by the connected port. Samples are counted at the item's own rate. */
export type PlaybackEvent =
  /** The first sample of an item was rendered; `at` = context time in seconds. */
  | { readonly type: 'started'; readonly itemId: string; readonly at: number }
  /** Ten times a second while something is played, and once when it stops. */
  | {
      readonly type: 'position';
      readonly itemId: string;
      readonly contentIndex: number;
      readonly rendered: number;
      readonly received: number;
      readonly rate: number;
      /** RMS of what was rendered since the last position, 0–1. */
      readonly level: number;
      readonly playing: boolean;
    }
  /** Every sample of an item was rendered and its end was told. */
  | { readonly type: 'finished'; readonly itemId: string }
  /** The ring ran dry in the middle of an item: `missingMs` of silence were played. */
  | { readonly type: 'underrun'; readonly itemId: string; readonly missingMs: number }
  /** The ring has no room for a chunk of this item, which is lost; what was queued before plays on. */
  | { readonly type: 'refused'; readonly itemId: string; readonly samples: number }
  | {
      readonly type: 'flushed';
      readonly id: number;
      /** Null when nothing was queued or playing. */
      readonly itemId: string | null;
      readonly contentIndex: number;
      readonly rendered: number;
      readonly received: number;
      readonly rate: number;
    };

/** From the playback worklet to the page, by its node's port, about 16 times a second while sound is not silent. */
export interface PlaybackLevel {
  readonly type: 'level';
  readonly level: number;
}
