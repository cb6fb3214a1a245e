import type { AssistantError } from './errors.ts';
import type { Samples } from './time.ts';

/**
 * The words between a page and any interpreter: speech goes up in streams, sentences come down in two languages. What FPNN, JSON or a
 * browser's own translator call these things stops at its codec.
 */

/** What one stream of speech is to be made into. */
export interface StreamSettings {
  /** BCP 47 of what is spoken, e.g. `en`. */
  readonly from: string;
  /** BCP 47 of the translation; null = transcription alone. */
  readonly to: string | null;
  /** Other languages that may be spoken; the server tells which it was. At most 3. */
  readonly alternatives?: readonly string[];
  /** Interim results while a sentence grows (default true). */
  readonly interim?: boolean;
  /** Final recognition (default true). */
  readonly transcribe?: boolean;
  /** The translation is also spoken (default false). */
  readonly speak?: boolean;
  /** Name of the speaking voice. */
  readonly voice?: string;
  /** Silence that ends a sentence, ms (20–2000); -1 = never. */
  readonly silenceMs?: number;
  /** Shown to whoever runs the service. */
  readonly userId?: string;
  /** Free text for the service. */
  readonly attributes?: string;
  /** 0 = PCM (default), 1 = OPUS packets. */
  readonly codec?: 0 | 1;
}

/** What goes up. `stream` is chosen by the sender, any text; many streams share one connection. */
export type InterpreterUplink =
  | { readonly type: 'open'; readonly stream: string; readonly settings: StreamSettings }
  /** 320 samples (20 ms) at 16 kHz; `at` = position of the first one on the capture clock. Mute is sent as zeros: streams expire without sound. */
  | { readonly type: 'audio'; readonly stream: string; readonly pcm: Int16Array; readonly at: Samples }
  /** No more speech: what is under way is finished, then the stream ends with `closed`. */
  | { readonly type: 'close'; readonly stream: string };

/** One sentence in one language, as known by now. */
export interface SentenceEvent {
  readonly type: 'sentence';
  readonly stream: string;
  /** Ties recognition and translation, interim and final of one sentence together; unique within `stream`, also across reconnects. */
  readonly task: string;
  readonly side: 'original' | 'translation';
  /** BCP 47 of `text`. */
  readonly language: string;
  /** The whole sentence so far. */
  readonly text: string;
  /** No more changes come to this side of the sentence. */
  readonly final: boolean;
  /** Where it lies on the stream's clock, ms since the first sample of `stream`; sentences are ordered by it, never by arrival. */
  readonly startMs: number;
  /** Null while it is open. */
  readonly endMs: number | null;
}

/** Languages that an interpreter can hear and speak. */
export interface InterpreterLanguages {
  /** BCP 47, what may be spoken. */
  readonly heard: readonly string[];
  /** For each heard language, what it can be translated into; null = told by nobody, ask and see. */
  readonly into: Readonly<Record<string, readonly string[]>> | null;
  /** Languages whose translation can be spoken. */
  readonly spoken: readonly string[];
  /** `rough`: rule-based, said so in the page. Null = not told. */
  readonly quality: 'rough' | 'model' | null;
}

/** What comes down. */
export type InterpreterDownlink =
  /** Logged in; streams may be opened. */
  | { readonly type: 'ready'; readonly languages: InterpreterLanguages | null }
  /** The stream lives on the server (again, after a reconnect). */
  | { readonly type: 'opened'; readonly stream: string }
  | SentenceEvent
  /** The translation of `task` spoken: a whole file (mp3, ogg or wav by its own bytes). */
  | {
      readonly type: 'speech';
      readonly stream: string;
      readonly task: string | null;
      readonly language: string;
      readonly text: string;
      readonly audio: Uint8Array;
    }
  /** The stream is over on purpose; nothing more comes of it. */
  | { readonly type: 'closed'; readonly stream: string }
  /** This stream was refused or lost for good; the others live. */
  | { readonly type: 'refused'; readonly stream: string; readonly error: AssistantError }
  /** Acknowledgement round trip of voice frames, ms, told at most once a second. */
  | { readonly type: 'round-trip'; readonly ms: number }
  /** Frames that a slow wire did not take, in all since the subscription. */
  | { readonly type: 'dropped'; readonly frames: number }
  /** The connection broke and is tried again in `inMs`; speech is kept meanwhile. */
  | { readonly type: 'reconnecting'; readonly inMs: number; readonly error: AssistantError }
  | { readonly type: 'noted'; readonly what: string; readonly count: number }
  | { readonly type: 'complaint'; readonly error: AssistantError };
