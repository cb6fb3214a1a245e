import type { Behavior } from '../shared/behavior.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { StreamAlert, StreamCaption, StreamScene, StreamStatus } from '../shared/stream-feed.ts';

/** Streams as somebody works with them by hand: what there is, what one of them is doing, and everything that can be asked of it. */

export interface DeskStream {
  readonly id: string;
  readonly name: string;
  /** Without credentials; null = the source comes to us. */
  readonly url: string | null;
  readonly mode: 'pull' | 'push' | 'capture';
  readonly tracks: readonly ('audio' | 'video')[];
  readonly status: 'connected' | 'stopped';
  /** Null = not told. */
  readonly state: StreamStatus['state'] | null;
  /** Why it is in that state, in words. */
  readonly message: string | null;
  /** Where an encoder publishes to; push streams alone. */
  readonly pushUrl: string | null;
  readonly liveUrl: string | null;
  readonly createdMs: number | null;
  /** Frames a minute that are looked at; null = not told. */
  readonly sampleRate: number | null;
}

export interface DeskIndex {
  readonly id: string;
  readonly name: string;
  readonly kind: 'audio' | 'visual';
  readonly prompt: string;
  readonly running: boolean;
  /** What its windows are, in the words of the wire: `{time: 2, frame_count: 5}`, `{segmenter: "word", segmentation_value: 50}`. */
  readonly windows: Readonly<Record<string, string | number>>;
  readonly tier: string | null;
}

export interface DeskEvent {
  readonly id: string;
  readonly label: string;
  readonly prompt: string;
}

export interface DeskAlert {
  readonly id: string;
  readonly indexId: string;
  readonly eventId: string;
  readonly label: string;
  /** Empty = no webhook. */
  readonly callbackUrl: string;
  readonly enabled: boolean;
}

export interface DeskVideo {
  readonly id: string;
  readonly name: string;
  /** s */
  readonly lengthS: number;
  readonly streamUrl: string;
  readonly playerUrl: string | null;
}

/** What a browser or a recorder captured: several streams that belong together. */
export interface DeskCapture {
  readonly id: string;
  /** `created`, `active`, `stopped`, `exported`, `failed` … */
  readonly status: string;
  /** Whose it is, as its maker named them. */
  readonly of: string;
  /** `mic`, `camera`, `screen`, `system_audio` */
  readonly channels: readonly string[];
  readonly createdMs: number | null;
  /** Null: not exported. */
  readonly videoId: string | null;
}

export interface DeskHit {
  readonly text: string;
  /** 0–1 */
  readonly score: number;
  /** Stream or video. */
  readonly of: { readonly kind: 'stream' | 'video'; readonly id: string; readonly name: string };
  /** Unix ms on a stream, ms from the beginning of a video. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface DeskClip {
  readonly streamUrl: string;
  readonly playerUrl: string | null;
}

export interface DeskLine extends StreamCaption {
  /** Language (BCP 47) → text. */
  readonly translations: Readonly<Record<string, string>>;
}

/** What is known of the stream that is looked at. */
export interface DeskDetail {
  readonly streamId: string;
  readonly transcript: 'running' | 'stopped';
  /** BCP 47 of what is or was heard; null = not told. */
  readonly spoken: string | null;
  /** BCP 47 that lines are or were translated into. */
  readonly into: readonly string[];
  /** For each language that is heard there (BCP 47), what it is translated into; null = not told. */
  readonly translations: Readonly<Record<string, readonly string[]>> | null;
  /** Oldest first, the newest 2000. */
  readonly lines: readonly DeskLine[];
  readonly indexes: readonly DeskIndex[];
  readonly alerts: readonly DeskAlert[];
  /** Newest first, at most 200. */
  readonly scenes: readonly StreamScene[];
  /** Newest first, at most 200. */
  readonly hits: readonly StreamAlert[];
}

export interface DeskState {
  readonly phase: 'idle' | 'loading' | 'ready' | 'error';
  readonly streams: readonly DeskStream[];
  readonly events: readonly DeskEvent[];
  readonly videos: readonly DeskVideo[];
  readonly captures: readonly DeskCapture[];
  /** Null: nothing is looked at, or it is being loaded. */
  readonly detail: DeskDetail | null;
  readonly selected: string | null;
  /** The channel is down, and tried again. */
  readonly reconnecting: boolean;
  /** Why `phase` is `error`. */
  readonly error: ErrorFacts | null;
  /** What could not be read the last time; what was there before stays. */
  readonly notice: ErrorFacts | null;
}

/** Before anything is known. */
export const noStreams: DeskState = {
  phase: 'idle',
  streams: [],
  events: [],
  videos: [],
  captures: [],
  detail: null,
  selected: null,
  reconnecting: false,
  error: null,
  notice: null,
};

export interface ConnectWish {
  readonly name: string;
  /** Null: an encoder publishes to us. */
  readonly url: string | null;
  readonly tracks: readonly ('audio' | 'video')[];
  readonly store: boolean;
  readonly transcript: boolean;
  /** Frames a minute that are looked at; null = as many as is usual. */
  readonly sampleRate: number | null;
}

export interface TranscriptWish {
  /** BCP 47, several with commas, or `auto`; empty = English. */
  readonly language: string;
  /** BCP 47 */
  readonly translateTo: readonly string[];
}

export type IndexWish =
  | {
      readonly kind: 'visual';
      readonly name: string;
      readonly prompt: string;
      readonly seconds: number;
      readonly frames: number;
      readonly tier: string;
    }
  | {
      readonly kind: 'audio';
      readonly name: string;
      readonly prompt: string;
      readonly by: 'word' | 'sentence' | 'time';
      readonly count: number;
    };

export type SearchWhere = { readonly in: 'stream' | 'video'; readonly id: string } | { readonly in: 'all' };

/** Every promise rejects with AssistantError; what it changes also shows in the state. */
export interface StreamsDesk {
  readonly state: Behavior<DeskState>;
  /** Loads what there is and stays up to date. Idempotent. */
  start(): void;
  /** Null = look at none. */
  select(streamId: string | null): void;
  /** Resolves with the new stream's id. */
  connect(wish: ConnectWish): Promise<string>;
  run(streamId: string, running: boolean): Promise<void>;
  remove(streamId: string): Promise<void>;
  change(streamId: string, wish: { readonly name: string; readonly sampleRate: number | null }): Promise<void>;
  /** Null = stop. */
  transcribe(streamId: string, wish: TranscriptWish | null): Promise<void>;
  /** Lines before the oldest that is known. Resolves with how many came. */
  earlier(streamId: string): Promise<number>;
  index(streamId: string, wish: IndexWish): Promise<void>;
  runIndex(streamId: string, indexId: string, running: boolean): Promise<void>;
  prompt(streamId: string, indexId: string, prompt: string): Promise<void>;
  event(wish: { readonly label: string; readonly prompt: string }): Promise<string>;
  alert(
    streamId: string,
    wish: { readonly indexId: string; readonly eventId: string; readonly callbackUrl: string },
  ): Promise<void>;
  enableAlert(streamId: string, indexId: string, alertId: string, enabled: boolean): Promise<void>;
  clip(streamId: string, startMs: number, endMs: number): Promise<DeskClip>;
  /** `progress`: 0–100, null = not told. */
  export(streamId: string, name: string | null, progress: (percentage: number | null) => void): Promise<DeskVideo>;
  /** Resolves when everything that was captured is a video. */
  exportCapture(captureId: string): Promise<void>;
  indexSpokenWords(videoId: string, progress: (percentage: number | null) => void): Promise<void>;
  /** What is said in it. */
  videoWords(videoId: string): Promise<string>;
  /** With its captions in the picture. */
  subtitled(videoId: string, progress: (percentage: number | null) => void): Promise<DeskClip>;
  /** Address of one MP4 file. */
  download(videoId: string): Promise<string>;
  /** What `prompt` asks of it, as JSON for people. */
  analyse(videoId: string, prompt: string, progress: (percentage: number | null) => void): Promise<string>;
  /** Empty when nothing is found. */
  search(where: SearchWhere, query: string): Promise<readonly DeskHit[]>;
  /** The hits one after the other. */
  compile(hits: readonly DeskHit[]): Promise<DeskClip>;
  dispose(): void;
}
