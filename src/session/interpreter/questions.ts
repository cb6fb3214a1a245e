import type { TokenReason } from '../options.ts';
import type { InterpreterRunOptions } from './command.ts';

/** What the page and the voice host ask of each other for an interpreter. */

/** Page to host: run an interpreter; the replies are changes of its state. */
export interface InterpretQuestion {
  readonly what: 'interpret';
  readonly options: InterpreterRunOptions;
}

/** Host to page. */
export type InterpreterQuestion =
  | { readonly what: 'microphone'; readonly rate: number }
  | { readonly what: 'speaker' }
  | { readonly what: 'rtvt-token'; readonly reason: TokenReason }
  | { readonly what: 'decode'; readonly audio: Uint8Array };

const ASKED = new Set(['microphone', 'speaker', 'rtvt-token', 'decode']);

const whatOf = (asked: unknown): string | null =>
  typeof asked === 'object' && asked !== null && 'what' in asked && typeof asked.what === 'string' ? asked.what : null;

export const isInterpreterQuestion = (asked: unknown): asked is InterpreterQuestion => ASKED.has(whatOf(asked) ?? '');

export const isInterpret = (asked: unknown): asked is InterpretQuestion => whatOf(asked) === 'interpret';
