import type { Observable } from 'rxjs';
import type { GrantedAudio, Levels } from '../assistant.ts';
import type { TokenReason } from '../options.ts';
import type { Host, OpenPort } from '../stage.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { RtvtToken } from './command.ts';
import type { DecodedSound } from './run.ts';

/** What an interpreter needs of the page it lives in; made by `interpreter-edges.ts`, faked in tests. Every Observable is cold. */
export interface InterpreterStage {
  /** The place where `interpret()` lives. */
  readonly host$: Observable<Host>;
  readonly levels$: Observable<Levels>;
  /** Opens the microphone, frames at `rate` Hz; emits anew when the device is changed. */
  microphone(rate: number): Observable<OpenPort & { readonly granted: GrantedAudio }>;
  speaker(): Observable<OpenPort>;
  token(reason: TokenReason): Observable<RtvtToken>;
  /** The sound of a whole file, mixed to one channel. Fails with `unsupported`. */
  decode(audio: Uint8Array): Observable<DecodedSound>;
  /** Publishes lines in a room while subscribed; emits the room's address for others once others can follow. */
  publish(lines$: Observable<CaptionLine>): Observable<{ readonly room: string; readonly link: string }>;
}
