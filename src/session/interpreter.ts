import type { CaptionLine } from '../pipelines/caption-lines.ts';
import type { Behavior } from '../shared/behavior.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { InterpreterLanguages } from '../shared/interpretation.ts';
import type { Device, Devices, Levels } from './assistant.ts';
import type { Latency, MicrophoneState } from './state.ts';

/** An interpreter as elements and host pages see it: captions in two languages to read, wishes to send. */

export interface InterpreterState {
  /** `ending`: nobody is listened to any more, and what was being said gets its last words. */
  readonly phase: 'idle' | 'connecting' | 'listening' | 'reconnecting' | 'ending' | 'ended' | 'error';
  readonly microphone: MicrophoneState;
  readonly muted: boolean;
  /** Oldest first, at most 500. */
  readonly lines: readonly CaptionLine[];
  /** Null until the server has told them. */
  readonly languages: InterpreterLanguages | null;
  /** BCP 47 of what is spoken. */
  readonly from: string;
  /** BCP 47 of the translation; null = transcription alone. */
  readonly to: string | null;
  /** Who holds the talk key: `near` speaks `from`, `far` speaks `to`. */
  readonly speaking: Side | null;
  /** Translations are spoken as well. */
  readonly speakAloud: boolean;
  /** A translation is being spoken right now. */
  readonly playing: boolean;
  /** Why `phase` is `error`, else null. */
  readonly error: ErrorFacts | null;
  /** A complaint that did not end it; the newest only. */
  readonly notice: ErrorFacts | null;
  /** Round trip of voice frames, ms. */
  readonly roundTripMs: number | null;
  /** Connections lost since the start. */
  readonly reconnects: number;
  /** Frames of sound that a slow wire did not take. */
  readonly dropped: number;
  /** From the end of a sentence, as the server placed it, to its last words in the language that is read. */
  readonly latency: Latency | null;
  /** Times the sound ran out in the middle of a spoken translation. */
  readonly underruns: number;
  /** The room that others follow, null while nothing is shared. */
  readonly room: string | null;
}

/** Two people at one microphone: `near` speaks the one language, `far` the other. */
export type Side = 'near' | 'far';

/** Every method is idempotent; promises settle when the wish is in force, and failures are also in the state. */
export interface Interpreter {
  readonly state: Behavior<InterpreterState>;
  readonly levels: Behavior<Levels>;
  readonly devices: Behavior<Devices>;
  /** Connects and opens the microphone. Called within a user gesture. */
  start(): Promise<void>;
  /** Closes the microphone at once; settles when what was being said has its last words, after 6 s at the latest. */
  stop(): Promise<void>;
  /** What was said before stays; what comes is heard in `from`. */
  setLanguages(from: string, to: string | null): void;
  swap(): void;
  mute(muted: boolean): void;
  speakAloud(on: boolean): void;
  hold(side: Side, down: boolean): void;
  /** Stops what is being spoken, and what waits to be; translations that come are spoken again. */
  hush(): void;
  /** Publishes the captions in a room of the gateway; gives the address under which others follow, read-only. */
  share(): Promise<string>;
  retry(): void;
  /** Also while it runs; there are no pictures, so a camera is refused with `unsupported`. */
  setDevice(kind: Device['kind'], id: string | null): Promise<void>;
  /** Of spoken translations, 0–1. */
  setVolume(gain: number): void;
  /** A report for a support ticket: no secrets, no speech. */
  diagnose(): Promise<Readonly<Record<string, unknown>>>;
  dispose(): void;
}

export const idleInterpreter: InterpreterState = {
  phase: 'idle',
  microphone: 'off',
  muted: false,
  lines: [],
  languages: null,
  from: 'en',
  to: null,
  speaking: null,
  speakAloud: false,
  playing: false,
  error: null,
  notice: null,
  roundTripMs: null,
  reconnects: 0,
  dropped: 0,
  latency: null,
  underruns: 0,
  room: null,
};
