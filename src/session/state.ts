import type { ErrorFacts } from '../shared/errors.ts';
import type { Ms } from '../shared/time.ts';
import type { Citation, EffectiveSettings, Usage } from '../shared/wire.ts';

/** Where the conversation stands, as told by colour, words and the live region. */
export type Phase = 'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting' | 'ended' | 'error';

/** One line of the transcript. */
export interface Entry {
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  /** All that is known of it; for an interrupted answer, only what was heard. */
  readonly text: string;
  /** Characters of `text` the listener has heard or (typed text, user speech) may read; the rest waits for its sound. */
  readonly revealed: number;
  readonly status: 'interim' | 'final' | 'interrupted' | 'failed';
  /** Data URLs of pictures put in. */
  readonly images: readonly string[];
  readonly citations: readonly Citation[];
  /** ms since the epoch when it began. */
  readonly at: number;
}

/** From the end of the user's speech (as the server's VAD placed it) to the first sound of the answer, from real events. */
export interface Latency {
  readonly lastMs: Ms;
  readonly meanMs: Ms;
  readonly turns: number;
}

export type MicrophoneState = 'off' | 'asking' | 'live' | 'muted' | 'lost';

export interface SessionState {
  readonly phase: Phase;
  readonly microphone: MicrophoneState;
  readonly muted: boolean;
  /** The user is being heard right now. */
  readonly userSpeaking: boolean;
  /** The assistant's sound is coming out right now. */
  readonly playing: boolean;
  readonly holding: boolean;
  /** Oldest first, at most 500. */
  readonly transcript: readonly Entry[];
  /** Why `phase` is `error`, else null. */
  readonly error: ErrorFacts | null;
  /** A complaint that did not end the conversation; the newest only. */
  readonly notice: ErrorFacts | null;
  readonly settings: EffectiveSettings | null;
  readonly latency: Latency | null;
  readonly usage: Usage | null;
  /** ms since the epoch, null = no limit told. */
  readonly expiresAt: number | null;
  /** Reconnects since the start. */
  readonly reconnects: number;
  /** ms until the next try, while `phase` is `reconnecting`. */
  readonly retryInMs: number | null;
  readonly tools: readonly string[];
  readonly counters: Readonly<Record<string, number>>;
  /** Where `run()` lives. */
  readonly host: 'worker' | 'page' | null;
}

export const idle: SessionState = {
  phase: 'idle',
  microphone: 'off',
  muted: false,
  userSpeaking: false,
  playing: false,
  holding: false,
  transcript: [],
  error: null,
  notice: null,
  settings: null,
  latency: null,
  usage: null,
  expiresAt: null,
  reconnects: 0,
  retryInMs: null,
  tools: [],
  counters: {},
  host: null,
};
