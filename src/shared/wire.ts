import type { AssistantError } from './errors.ts';
import type { Ms, Samples } from './time.ts';

/**
 * The words between a session and any wire protocol. A protocol is an operator from `Uplink` to `Downlink`; what OpenAI, FPNN or
 * REST call these things stops at its codec.
 */

/** Why an answer was cut. `server` = the server heard speech first; `voice` = this page's own detector did. */
export type InterruptCause = 'server' | 'voice' | 'button' | 'escape' | 'text' | 'hold';

/** How much of one assistant item the listener heard, counted in samples rendered by the playback worklet. */
export interface Heard {
  readonly itemId: string;
  readonly contentIndex: number;
  /** Samples rendered, at `rate`. */
  readonly rendered: Samples;
  /** Samples handed to the playback worklet so far, at `rate`. */
  readonly received: Samples;
  /** Hz of the item's audio. */
  readonly rate: number;
}

/** One thing said before, as replayed into a new connection. */
export interface HistoryEntry {
  /** The transcript's id of it: what comes after it in the new conversation is told to stand behind it. */
  readonly id?: string;
  readonly role: 'user' | 'assistant' | 'system';
  readonly text: string;
}

/** A function the assistant may call. `parameters` is a JSON Schema of type object. */
export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** How the end of the user's turn is found. */
export type TurnDetection =
  | { readonly type: 'none' }
  | {
      readonly type: 'server-vad';
      readonly threshold?: number;
      readonly prefixMs?: number;
      readonly silenceMs?: number;
      readonly idleTimeoutMs?: number;
      readonly interrupt?: boolean;
      readonly respond?: boolean;
    }
  | {
      readonly type: 'semantic-vad';
      readonly eagerness?: 'auto' | 'low' | 'medium' | 'high';
      readonly interrupt?: boolean;
      readonly respond?: boolean;
    };

/** What the page wishes of the assistant; absent = the server's default. */
export interface AssistantSettings {
  readonly purpose?: 'conversation' | 'transcription';
  readonly instructions?: string;
  readonly voice?: string;
  /** 0.25–1.5 */
  readonly speed?: number;
  /** BCP 47, e.g. `en` */
  readonly language?: string;
  readonly reply?: 'audio' | 'text';
  readonly transcribe?: boolean;
  readonly turns?: TurnDetection;
  readonly noiseReduction?: 'near' | 'far' | 'off';
  readonly tools?: readonly ToolDeclaration[];
  readonly toolChoice?: 'auto' | 'none' | 'required';
  readonly maxOutputTokens?: number;
}

/** What the server says is in force. */
export interface EffectiveSettings {
  readonly model: string | null;
  readonly voice: string | null;
  readonly speed: number | null;
  readonly reply: 'audio' | 'text';
  readonly turns: TurnDetection;
  /** Hz */
  readonly inputRate: number;
  /** Hz */
  readonly outputRate: number;
  /** Wishes that are not in force, each in words an engineer understands. */
  readonly differences: readonly string[];
}

/** What goes up. */
export type Uplink =
  /** One frame of sound at the protocol's input rate; `at` = position of its first sample on the capture clock. */
  | { readonly type: 'audio'; readonly pcm: Int16Array; readonly at: Samples }
  /** The talk key went down: what the server had buffered is not part of this turn. */
  | { readonly type: 'turn-start' }
  /** The talk key went up: end the user's turn and answer it. */
  | { readonly type: 'turn-end' }
  /** The talk key was tapped for less than 100 ms: forget it. */
  | { readonly type: 'turn-cancel' }
  /** A typed message; `id` is chosen by the sender and comes back as the item's id. */
  | { readonly type: 'text'; readonly id: string; readonly text: string; readonly respond: boolean }
  /** A picture (PNG or JPEG data URL) put into the conversation, with a question or without. */
  | {
      readonly type: 'image';
      readonly id: string;
      readonly dataUrl: string;
      readonly text: string;
      readonly respond: boolean;
    }
  /** Something the assistant should know, to be answered by nothing. */
  | { readonly type: 'context'; readonly id: string; readonly text: string }
  /** Ask for an answer to what stands there. */
  | { readonly type: 'respond' }
  /** Stop answering; `heard` is null when nothing was being played. */
  | { readonly type: 'interrupt'; readonly cause: InterruptCause; readonly heard: Heard | null }
  /** An item was played to its last sample. */
  | { readonly type: 'played'; readonly itemId: string }
  /** What a tool answered (JSON or text); its failure is told the same way. */
  | { readonly type: 'tool-result'; readonly callId: string; readonly output: string }
  | { readonly type: 'settings'; readonly settings: AssistantSettings }
  /** What was said on earlier connections; first thing up after a reconnect. `respond`: the last user turn is still unanswered. */
  | { readonly type: 'history'; readonly entries: readonly HistoryEntry[]; readonly respond: boolean };

/** How an answer ended. */
export type ResponseStatus = 'completed' | 'cancelled' | 'incomplete' | 'failed';

/** Tokens used by one answer. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly inputAudioTokens: number;
  readonly outputAudioTokens: number;
}

/** A page an answer stands on. */
export interface Citation {
  readonly url: string;
  readonly title: string;
}

/** What comes down. */
export type Downlink =
  /** The wire is open; sound is not wanted yet. `expiresAt` in ms since the epoch, null = no limit told. */
  | { readonly type: 'opened'; readonly sessionId: string; readonly expiresAt: number | null }
  /** The server confirmed the settings: sound may go up from now on. */
  | { readonly type: 'ready'; readonly settings: EffectiveSettings }
  | { readonly type: 'speech-started'; readonly itemId: string; readonly at: Samples | null }
  | { readonly type: 'speech-stopped'; readonly itemId: string; readonly at: Samples | null }
  /** An item has its place in the conversation: right behind `after` (null = first). */
  | {
      readonly type: 'item';
      readonly itemId: string;
      readonly after: string | null;
      readonly role: 'user' | 'assistant' | 'system';
    }
  | { readonly type: 'item-removed'; readonly itemId: string }
  /** Text of either side. `append` adds to what is there, `replace` takes its place; `final` says no more comes. */
  | {
      readonly type: 'caption';
      readonly itemId: string;
      readonly role: 'user' | 'assistant';
      readonly text: string;
      readonly edit: 'append' | 'replace';
      readonly final: boolean;
    }
  /** The user's words of this item could not be recognised. */
  | { readonly type: 'caption-failed'; readonly itemId: string; readonly error: AssistantError }
  /** Speech up to this capture sample (exclusive) is transcribed for good and need not be kept for a reconnect. */
  | { readonly type: 'settled'; readonly through: Samples }
  | { readonly type: 'citation'; readonly itemId: string; readonly citation: Citation }
  | { readonly type: 'response-started'; readonly responseId: string }
  | {
      readonly type: 'audio';
      readonly itemId: string;
      readonly contentIndex: number;
      readonly responseId: string;
      /** Hz */
      readonly rate: number;
      readonly pcm: Int16Array;
    }
  /** No more sound of this item will come. */
  | { readonly type: 'audio-ended'; readonly itemId: string }
  | {
      readonly type: 'response-ended';
      readonly responseId: string;
      readonly status: ResponseStatus;
      readonly reason: string | null;
      readonly usage: Usage | null;
      readonly error: AssistantError | null;
    }
  | { readonly type: 'tool-call'; readonly callId: string; readonly name: string; readonly arguments: string }
  /** The server cut this item at `heardMs`. */
  | { readonly type: 'truncated'; readonly itemId: string; readonly heardMs: Ms }
  /** Live sound that a slow wire did not take; total frames since the connection began. */
  | { readonly type: 'dropped'; readonly frames: number }
  /** Something worth a line in the diagnosis: unknown events, ignored ones, swallowed races. */
  | { readonly type: 'noted'; readonly what: string; readonly count: number }
  /** The server complained; the connection lives. */
  | { readonly type: 'complaint'; readonly error: AssistantError };
