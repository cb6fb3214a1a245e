/**
 * The roles of the gateway, one interface each. `local/` runs them here with no key, `openai/` asks an OpenAI-compatible server. Every
 * call takes an AbortSignal and rejects with `EngineBusyError` when its bounded queue is full.
 */

/** What every engine tells at start and in `/health`. */
export interface Engine {
  /** e.g. `moonshine-tiny (local)`, `gpt-4o-transcribe (api.openai.com)`. */
  readonly name: string;
  /** Loads and runs once on nothing, so that the first real call is not the slow one. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export interface HeardWord {
  readonly text: string;
  /** ms from the first sample. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface Heard {
  readonly text: string;
  /** BCP 47 */
  readonly language: string;
  /** One for each word of `text`, where the engine knows when they were said. */
  readonly words?: readonly HeardWord[];
}

/** hear: speech to text. */
export interface Hearing extends Engine {
  readonly languages: readonly string[];
  /** True: `prompt` has no effect. */
  readonly ignoresPrompt?: boolean;
  /**
   * The words of one utterance, 16 kHz mono Int16. `interim` calls come again and again while the utterance grows: they may be dropped
   * (rejecting with `EngineBusyError`) in favour of final ones. Empty text = no speech in it.
   */
  transcribe(
    pcm: Int16Array,
    options: {
      readonly language?: string;
      /** Languages it may be in (`language` among them): the one found comes back in `Heard.language`. */
      readonly among?: readonly string[];
      readonly prompt?: string;
      readonly interim?: boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<Heard>;
}

/** Voice activity: one judgement per 32 ms window (512 samples at 16 kHz). */
export interface VoiceActivity extends Engine {
  open(): VoiceActivityStream;
}

export interface VoiceActivityStream {
  /** Speech probability 0–1 of each whole window completed by these samples (16 kHz mono Int16, any length), in order. */
  push(pcm: Int16Array): Promise<Float32Array>;
  reset(): void;
  close(): void;
}

export interface Voice {
  /** As in `audio.output.voice`: `alloy`, `marin`, … */
  readonly name: string;
}

export interface SpokenChunk {
  /** Int16 mono */
  readonly pcm: Int16Array;
  /** Hz */
  readonly rate: number;
}

/** speak: text to speech, one call a sentence or clause. */
export interface Speaking extends Engine {
  readonly voices: readonly Voice[];
  /** BCP 47 of what it can say; absent = English alone is promised. */
  readonly languages?: readonly string[];
  speak(
    text: string,
    options: { readonly voice: string; readonly speed: number; readonly language?: string; readonly signal: AbortSignal },
  ): AsyncIterable<SpokenChunk>;
}

/** How deep a picture is looked at: each depth finds what the one before finds and more, and costs more. */
export type SeeDepth = 'mini' | 'basic' | 'pro' | 'ultra';

/** Edges as shares of the picture's width and height. */
export interface PictureArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Something to press, fill in or choose on a screen. */
export interface ScreenElement {
  readonly kind: 'title bar' | 'button' | 'field' | 'menu' | 'tab' | 'checkbox' | 'link' | 'dialog';
  /** What is written on it; '' = nothing. */
  readonly label: string;
  readonly area: PictureArea;
}

export interface Sighting {
  /** Lines of text with how sure, 0–1. */
  readonly text: readonly { readonly line: string; readonly confidence: number; readonly area?: PictureArea }[];
  readonly people: { readonly count: number; readonly confidence: number };
  readonly objects: readonly { readonly name: string; readonly confidence: number }[];
  readonly colours: readonly { readonly name: string; readonly hex: string; readonly share: number }[];
  /** 0–255 */
  readonly brightness: number;
  /** From depth `pro` on. */
  readonly elements?: readonly ScreenElement[];
}

/** see: what is on a picture. */
export interface Seeing extends Engine {
  /**
   * PNG or JPEG bytes. `depth`: default about `basic`, for photographs as well as screens; at `mini` there are colours and brightness alone, all else is empty. `background` calls
   * give way to the others: they may be dropped (`EngineBusyError`).
   */
  look(
    image: Uint8Array,
    options: { readonly signal: AbortSignal; readonly depth?: SeeDepth; readonly background?: boolean },
  ): Promise<Sighting>;
  /** What is written on a slide or screen, line by line as people read it. `languages`: BCP 47, the likeliest first. Absent: `look` tells it. */
  read?(
    image: Uint8Array,
    options: { readonly languages: readonly string[]; readonly signal: AbortSignal; readonly background?: boolean },
  ): Promise<Sighting['text']>;
  /** Where a model sees: what it says to words about some pictures in order. `json`: an object alone is wanted. */
  ask?(
    question: string,
    images: readonly Uint8Array[],
    options: { readonly signal: AbortSignal; readonly json: boolean },
  ): Promise<string>;
}

export interface AnswerTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of type object */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** One thing said, asked, called or shown so far, oldest first. */
export type AnswerTurn =
  | { readonly role: 'user' | 'assistant' | 'system'; readonly text: string; readonly images: readonly Uint8Array[] }
  | { readonly role: 'tool-call'; readonly callId: string; readonly name: string; readonly arguments: string }
  | { readonly role: 'tool-result'; readonly callId: string; readonly output: string };

export interface AnswerRequest {
  readonly instructions: string;
  readonly turns: readonly AnswerTurn[];
  readonly tools: readonly AnswerTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  /** Tokens, null = no limit. */
  readonly maxTokens: number | null;
  readonly signal: AbortSignal;
}

export type AnswerPart =
  /** Plain text to be spoken or shown; pieces concatenate. `language`: BCP 47 where the engine knows it, absent = the conversation's. */
  | { readonly type: 'text'; readonly text: string; readonly language?: string }
  /** The page the text stands on. */
  | { readonly type: 'citation'; readonly url: string; readonly title: string }
  | { readonly type: 'tool-call'; readonly name: string; readonly arguments: string }
  /** Told last; estimated as characters / 4 where the engine does not count. `cut`: the limit ended it. */
  | { readonly type: 'end'; readonly inputTokens: number; readonly outputTokens: number; readonly cut: boolean };

/** answer: what to say to it. */
export interface Answering extends Engine {
  /** What `instructions` ask that this engine cannot do (language, persona …), in words for `/health` and the page. */
  limits(instructions: string): readonly string[];
  answer(request: AnswerRequest): AsyncIterable<AnswerPart>;
}

export interface LanguagePair {
  /** BCP 47 */
  readonly from: string;
  /** BCP 47 */
  readonly to: string;
}

/** translate: a sentence in another language. */
export interface Translating extends Engine {
  /** What it can do; null = any pair may be asked. */
  readonly pairs: readonly LanguagePair[] | null;
  /** `rough`: rule-based, to be said wherever its results are shown. */
  readonly quality: 'rough' | 'model';
  /** `interim` calls may be dropped (`EngineBusyError`) in favour of final ones. Rejects with RangeError for a pair it does not know. */
  translate(text: string, options: LanguagePair & { readonly interim?: boolean; readonly signal: AbortSignal }): Promise<string>;
}

export interface Engines {
  readonly hear: Hearing;
  readonly activity: VoiceActivity;
  readonly speak: Speaking;
  readonly see: Seeing;
  readonly answer: Answering;
  /** Null: nothing here translates, and `/health` says why. */
  readonly translate?: Translating | null;
  /** Why there is none, in words. */
  readonly noTranslate?: string;
}

/** The queue of an engine is full, or it is being restarted: try again shortly. */
export class EngineBusyError extends Error {
  override readonly name = 'EngineBusyError';
}

/** The engine died or refused; the turn is told, the next one finds it restarted. */
export class EngineFailedError extends Error {
  override readonly name = 'EngineFailedError';
}
