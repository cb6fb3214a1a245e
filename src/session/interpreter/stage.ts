import type { Observable } from 'rxjs';
import type { Device, Devices, GrantedAudio, Levels } from '../assistant.ts';
import type { InterpreterState } from '../interpreter.ts';
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
  readonly devices$: Observable<readonly Device[]>;
  readonly canChooseSpeaker: boolean;
  /** Opens the microphone, frames at `rate` Hz; emits anew when the device is changed. */
  microphone(rate: number): Observable<OpenPort & { readonly granted: GrantedAudio }>;
  speaker(): Observable<OpenPort>;
  chooseMicrophone(id: string | null): void;
  chooseSpeaker(id: string | null): Promise<void>;
  setVolume(gain: number): void;
  token(reason: TokenReason): Observable<RtvtToken>;
  /** The sound of a whole file, mixed to one channel. Fails with `unsupported`. */
  decode(audio: Uint8Array): Observable<DecodedSound>;
  /** Publishes lines in a room while subscribed; emits the room's address for others once others can follow. */
  publish(lines$: Observable<CaptionLine>): Observable<{ readonly room: string; readonly link: string }>;
  /** For a support ticket: of the interpretation and its page, without secrets and without speech. */
  report(state: InterpreterState, devices: Devices): Promise<Readonly<Record<string, unknown>>>;
}
