/** What the bench page and its Worker tell each other, and what the page gives to the bench. */

export type ToHost =
  /** Collect frames of our capture worklet. */
  | { readonly type: 'frames'; readonly port: MessagePort }
  /** Collect what the track gives before any graph touches it. */
  | { readonly type: 'reference'; readonly readable: ReadableStream<AudioData> }
  /** Interrupt the playback when speech is heard, as the voice host does. */
  | {
      readonly type: 'barge';
      readonly frames: MessagePort;
      readonly playback: MessagePort;
      readonly answer: Int16Array<ArrayBuffer>;
    }
  | { readonly type: 'collect' };

/** Pieces of one stream in the order of their arrival. */
export interface Pieces {
  /** ms since the epoch. */
  readonly arrivals: readonly number[];
  /** Samples of each. */
  readonly counts: readonly number[];
  /** 16-bit, all of them. */
  readonly pcm: Int16Array<ArrayBuffer>;
}

export interface Heard {
  readonly type: 'maybe' | 'speech' | 'silence';
  /** ms since the epoch. */
  readonly at: number;
}

export interface FromHost {
  readonly frames: Pieces;
  readonly reference: Pieces;
  readonly heard: readonly Heard[];
}

/** `Pieces` as text that crosses to Node. */
export interface PiecesText {
  readonly arrivals: readonly number[];
  readonly counts: readonly number[];
  readonly base64: string;
}

export interface Captured {
  /** Hz of the client's pieces. */
  readonly rate: number;
  readonly client: PiecesText;
  /** Hz of the track. */
  readonly trackRate: number;
  readonly reference: PiecesText;
}

export interface Played {
  /** ms since the epoch, when play and flush were called. */
  readonly playAt: number;
  readonly flushAt: number;
  /** ms from the call until the graph's last node sounds, and is silent again (50 dB below its loudest). */
  readonly startMs: number;
  readonly silentMs: number;
}

export interface Barged {
  readonly trackRate: number;
  readonly reference: PiecesText;
  readonly heard: readonly Heard[];
  /** ms since the epoch: when the last node fell silent, and when the context says that this is heard. */
  readonly silences: readonly { readonly renderedAt: number; readonly heardAt: number }[];
}

export interface Bench {
  capture(options: { client: string; seconds: number; warmUpMs: number; blockMs: number; rate: number }): Promise<Captured>;
  play(options: { client: string; rounds: number; rate: number }): Promise<readonly Played[]>;
  barge(options: { seconds: number; answer: string }): Promise<Barged>;
  strict(): Promise<{ readonly frames: number; readonly played: boolean; readonly violations: readonly string[] }>;
  alias(): Promise<number>;
  record(options: { client: string }): Promise<void>;
  flushOffline(): Promise<number>;
  silero(options: { folder: string }): Promise<{ readonly judged: number; readonly speech: number }>;
  rate(): Promise<{ readonly ppm: number; readonly contextRate: number; readonly frames: number }>;
}
