import type { TokenReason, VoiceOptions } from './options.ts';

/** What the page and the voice host ask of each other over the bridge. */

/** Page to host: run a session; the replies are changes of its state. */
export interface RunQuestion {
  readonly what: 'run';
  readonly options: VoiceOptions;
}

/** Host to page. */
export type VoiceQuestion =
  | { readonly what: 'microphone'; readonly rate: number }
  | { readonly what: 'speaker' }
  | { readonly what: 'token'; readonly reason: TokenReason }
  | { readonly what: 'tool'; readonly name: string; readonly input: string; readonly callId: string };

const ASKED = new Set(['microphone', 'speaker', 'token', 'tool']);

export const isQuestion = (asked: unknown): asked is VoiceQuestion =>
  typeof asked === 'object' && asked !== null && 'what' in asked && typeof asked.what === 'string' && ASKED.has(asked.what);

export const isRun = (asked: unknown): asked is RunQuestion =>
  typeof asked === 'object' && asked !== null && 'what' in asked && asked.what === 'run';
