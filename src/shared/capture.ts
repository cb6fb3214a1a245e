import type { ErrorFacts } from './errors.ts';

/** The words of a capture: what a page records of its user and sends to the gateway while it is recorded. */

/** As they stand in a capture session, and as `session.get_rtstream("mic")` asks for them. */
export const captureChannels = ['mic', 'camera', 'screen', 'system_audio'] as const;

export type CaptureChannelId = (typeof captureChannels)[number];

/** `audio` or `video`: one channel carries one track. */
export const captureKind = (channel: CaptureChannelId): 'audio' | 'video' =>
  channel === 'mic' || channel === 'system_audio' ? 'audio' : 'video';

/** Whole frames of one channel, as the recorder gave them. */
export interface CaptureChunk {
  readonly channel: CaptureChannelId;
  /** Counts the recorder's beginnings: after a pause comes the next one, with an `init` of its own and a clock that begins at 0. */
  readonly epoch: number;
  /** Nothing but what a decoder needs before the first frame. */
  readonly init: boolean;
  /** A decoder that has `init` can begin here. */
  readonly key: boolean;
  /** Capture clock (Unix ms of this page) when its last moment was captured, as well as is known; `init`: when it was handed over. */
  readonly capturedMs: number;
  /** ms on the epoch's clock, of its first frame. */
  readonly fromMs: number;
  /** ms on the epoch's clock up to which was captured: the newest picture's time, the newest sound's end. */
  readonly toMs: number;
  /** WebM clusters or MP4 fragments. */
  readonly bytes: Uint8Array;
}

/** What is to be sent. */
export type CaptureUplink =
  | { readonly type: 'chunk'; readonly chunk: CaptureChunk }
  /** Nothing more comes from this channel: its device went away, or its user ended it. */
  | { readonly type: 'ended'; readonly channel: CaptureChannelId; readonly reason: CaptureEnd }
  | { readonly type: 'paused'; readonly paused: boolean; readonly atMs: number }
  /** Everything has been handed over: store it and end the session. */
  | { readonly type: 'stop' };

export type CaptureEnd = 'stopped' | 'lost' | 'unshared' | 'failed';

/** What the gateway and the way to it tell. */
export type CaptureDownlink =
  | {
      readonly type: 'ready';
      readonly sessionId: string;
      /** Stream of each channel that has one by now. */
      readonly streams: Readonly<Partial<Record<CaptureChannelId, string>>>;
    }
  | { readonly type: 'lost'; readonly error: ErrorFacts; readonly retryInMs: number }
  | { readonly type: 'progress'; readonly progress: UploadProgress }
  | { readonly type: 'complaint'; readonly error: ErrorFacts }
  /** The session was ended from elsewhere: record no more. */
  | { readonly type: 'halt' }
  /** Everything is stored; nothing more comes. */
  | { readonly type: 'stopped' };

export interface UploadProgress {
  /** Recorded and not stored by the gateway yet: the longest channel, ms. */
  readonly bufferedMs: number;
  /** All channels. */
  readonly bufferedBytes: number;
  /** Of all channels, as the gateway confirmed. */
  readonly storedBytes: number;
  /** Lost for good, because the gateway was away for longer than is kept; all channels, ms. */
  readonly droppedMs: number;
  readonly droppedChunks: number;
}

export const nothingUploaded: UploadProgress = {
  bufferedMs: 0,
  bufferedBytes: 0,
  storedBytes: 0,
  droppedMs: 0,
  droppedChunks: 0,
};
