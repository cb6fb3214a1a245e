import type { LiveStream } from './assistant.ts';
import type { AssistantSettings } from '../shared/wire.ts';

/** Why a credential is asked for: the first connection, a later one, or because the last one was refused. */
export type TokenReason = 'connect' | 'reconnect' | 'refused';

export interface Token {
  readonly token: string;
  /** ms since the epoch, null = not told. */
  readonly expiresAt: number | null;
}

/** A function of the page that the assistant may call. */
export interface Tool {
  readonly description: string;
  /** JSON Schema of type object. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Gets the parsed arguments; what it returns (or throws) is told to the assistant as JSON or text. `callId`: the transcript's entry. */
  run(this: void, input: Readonly<Record<string, unknown>>, signal: AbortSignal, callId?: string): unknown;
  /** ms, 20 000 by default; a result that comes later is not used. */
  readonly timeoutMs?: number;
}

/** How the user's turn ends: by voice activity, by holding a key, or by pressing it once to begin and once to end. */
export type TurnMode = 'vad' | 'hold' | 'toggle';

/** What may cut an answer: speech (and everything below), only the button and the keyboard, or nothing. */
export type BargeIn = 'natural' | 'button' | 'never';

/** The part of the options that crosses into the voice host as plain data. */
export interface VoiceOptions {
  /** The realtime socket, `ws:` or `wss:`. */
  readonly url: string;
  readonly preset: string;
  readonly dialect: 'auto' | 'ga' | 'beta';
  readonly model: string | null;
  readonly settings: AssistantSettings;
  readonly turn: TurnMode;
  readonly bargeIn: BargeIn;
  /** Open the microphone at once. */
  readonly voice: boolean;
  readonly muted: boolean;
  /** ms without a word from either side after which the conversation ends by itself; 0 = never. */
  readonly idleMs: number;
  /** Folder of Silero's files, an absolute URL; null = the built-in detector judges alone. */
  readonly sileroUrl: string | null;
  /** ms between stills of camera and screen besides those that go with turns; 0 = none. */
  readonly frameEveryMs: number;
}

/** Everything a page can say about the assistant it wants. */
export interface AssistantOptions {
  /** Base URL of the gateway or provider (`https://host[:port]`), or the socket's own `wss:` URL. */
  readonly endpoint: string;
  /** A name of the adapter table: `gateway` (default), `openai`, `azure`, `xai`, `qwen`, `localai`, `speaches`. */
  readonly preset?: string;
  readonly dialect?: 'auto' | 'ga' | 'beta';
  readonly model?: string;
  readonly settings?: AssistantSettings;
  readonly turn?: TurnMode;
  readonly bargeIn?: BargeIn;
  readonly muted?: boolean;
  /** ms without a word from either side after which the conversation hangs up; 10 minutes by default, 0 = never. */
  readonly idleMs?: number;
  /** ms between stills of camera and screen while a conversation is on, besides one with each turn; default none. */
  readonly frameEveryMs?: number;
  readonly tools?: Readonly<Record<string, Tool>>;
  /** Gives a short-lived secret; wins over `tokenUrl`. */
  readonly tokenProvider?: (reason: TokenReason) => Promise<Token>;
  /** Answers `POST {for:"realtime"}` with `{value, expires_at}`; default `/auth/page-token` of the endpoint with the gateway preset. */
  readonly tokenUrl?: string;
  /** Device ids; null or absent = the browser's default. */
  readonly microphone?: string | null;
  readonly speaker?: string | null;
  readonly camera?: string | null;
  /** A `MediaStream` of the host page used as microphone; never stopped by us. */
  readonly stream?: LiveStream;
  /** Folder that the worklets and the worker are served from; `workletUrl` and `workerUrl` win over it. */
  readonly assetBase?: string;
  /** Folder or, with `capture.worklet.js`/`playback.worklet.js` in it, URL prefix of the worklets. */
  readonly workletUrl?: string;
  readonly workerUrl?: string;
  /**
   * Folder with `ort.wasm.min.mjs` (and its `.wasm`) and `silero_vad_v5.onnx`, an absolute URL: a better judge of what is speech. Needs
   * `'wasm-unsafe-eval'` in a strict policy.
   */
  readonly sileroUrl?: string;
  /** Where the voice path runs; `auto` = the Worker where its script is same-origin, else the page. */
  readonly host?: 'auto' | 'worker' | 'page';
}
