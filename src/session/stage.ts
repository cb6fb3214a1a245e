import type { Observable } from 'rxjs';
import type { Device, Devices, GrantedAudio, Levels, LiveStream } from './assistant.ts';
import type { Port } from './bridge.ts';
import type { Token, TokenReason } from './options.ts';
import type { SessionState } from './state.ts';

/** What a session needs of the page it lives in; made by `edges.ts`, faked in tests. Every Observable is cold: subscribing acquires. */

export interface Host {
  readonly port: Port;
  readonly kind: 'worker' | 'page';
}

export interface OpenPort {
  /** Transferred to the voice host. */
  readonly port: MessagePort;
}

export interface Stage {
  /** The place where `run()` lives. */
  readonly host$: Observable<Host>;
  /** Opens the microphone, frames at `rate` Hz; emits anew when the device is changed. */
  microphone(rate: number): Observable<OpenPort & { readonly granted: GrantedAudio }>;
  speaker(): Observable<OpenPort>;
  readonly levels$: Observable<Levels>;
  /** The browser holds the sound back although an output is open. */
  readonly soundBlocked$: Observable<boolean>;
  readonly devices$: Observable<readonly Device[]>;
  readonly canChooseSpeaker: boolean;
  camera(deviceId: string | null): Observable<LiveStream>;
  screen(): Observable<LiveStream>;
  /** A JPEG data URL of what the stream shows now. */
  still(stream: LiveStream): Observable<string>;
  token(reason: TokenReason): Observable<Token>;
  tool(call: { readonly name: string; readonly input: string; readonly callId?: string }): Observable<string>;
  chooseMicrophone(id: string | null): void;
  chooseSpeaker(id: string | null): Promise<void>;
  setVolume(gain: number): void;
  unlock(): Promise<void>;
  /** For a support ticket: of the conversation and its page, without secrets and without speech. */
  report(state: SessionState, devices: Devices): Promise<Readonly<Record<string, unknown>>>;
  /** An id no other message has. */
  newId(): string;
}
