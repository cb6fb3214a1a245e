import type { Side } from '../interpreter.ts';

/** What the page may wish of a running interpreter. */
export type InterpreterCommand =
  | { readonly type: 'languages'; readonly from: string; readonly to: string | null }
  | { readonly type: 'mute'; readonly muted: boolean }
  | { readonly type: 'aloud'; readonly on: boolean }
  /** What is being spoken stops. */
  | { readonly type: 'hush' }
  /** A talk key; only when turns are held. */
  | { readonly type: 'hold'; readonly side: Side; readonly down: boolean }
  /** Nobody is listened to any more; what was being said is finished. */
  | { readonly type: 'end' };

/** What the page says about the interpreter it wants, as plain data that crosses into the voice host. */
export interface InterpreterRunOptions {
  /** The service's socket, `ws:` or `wss:`. */
  readonly url: string;
  readonly dialect: 'fpnn' | 'gate';
  readonly from: string;
  readonly to: string | null;
  /** Other languages that may be spoken, at most 3. */
  readonly alternatives: readonly string[];
  /** `vad`: everybody speaks `from`, sentences end by silence; `hold`: two people, a talk key and a direction each. */
  readonly turn: 'vad' | 'hold';
  readonly speakAloud: boolean;
  /** Name of the voice that speaks translations; null = the server's default. */
  readonly voice: string | null;
  /** Silence that ends a sentence, ms; null = the server's default. */
  readonly silenceMs: number | null;
  readonly userId: string | null;
  readonly muted: boolean;
  /** Counts the starts on one page, so that names of streams are never used twice. */
  readonly run: number;
}

/** A credential of the RTVT service: base64 HMAC and the Unix seconds in it (specs/rtvt.md §3.1). */
export interface RtvtToken {
  readonly token: string;
  /** Unix seconds */
  readonly ts: number;
  /** Project id */
  readonly pid: number;
}
