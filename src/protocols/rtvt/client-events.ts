import type { Result } from './messages-pushes.ts';

/** What an `RtvtClient` tells by its Observables. */

/** A result; ids are decimal strings, times ms. */
export interface ResultEvent {
  readonly pid: number | null;
  readonly streamId: string;
  readonly startTs: number;
  readonly endTs: number;
  readonly recTs: number | null;
  readonly lang: string;
  readonly taskId: string | null;
}
export interface RecognizedEvent extends ResultEvent {
  readonly asr: string;
}
export interface TranslatedEvent extends ResultEvent {
  readonly trans: string;
}
export interface TtsEvent {
  readonly streamId: string;
  readonly taskId: string | null;
  readonly text: string;
  readonly lang: string;
  /** A whole file: mp3, ogg or wav by its own bytes. */
  readonly data: Uint8Array;
}
export interface ConnectedEvent {
  readonly connectionId: number;
  readonly endpoint: string;
  /** Whether it came about. */
  readonly connected: boolean;
}
export interface ClosedEvent {
  readonly connectionId: number;
  readonly endpoint: string;
  /** False = by `destroy`. */
  readonly causedByError: boolean;
}
/** A frame that `sendVoiceAsync` or `sendVoiceVariable` had sent was refused. */
export interface SendErrorEvent {
  readonly streamId: string;
  readonly seq: number;
  readonly errorCode: number;
}

const told = ({ pid, streamId, startTs, endTs, recTs, lang, taskId }: Result): ResultEvent => ({
  pid,
  streamId: streamId.toString(),
  startTs,
  endTs,
  recTs,
  lang,
  taskId: taskId?.toString() ?? null,
});
export const recognized = (result: Result): RecognizedEvent => ({ ...told(result), asr: result.text });
export const translated = (result: Result): TranslatedEvent => ({ ...told(result), trans: result.text });
