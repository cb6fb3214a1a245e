import type { Behavior } from '../shared/behavior.ts';
import type { InterruptCause } from '../shared/wire.ts';
import type { SessionState } from './state.ts';

/** A level pair for meters, RMS 0–1. */
export interface Levels {
  readonly input: number;
  readonly output: number;
}

/** A media stream as far as elements need to know it; the real one is a `MediaStream`. */
export interface LiveStream {
  readonly id: string;
  readonly active: boolean;
}

export interface Device {
  readonly id: string;
  readonly kind: 'microphone' | 'speaker' | 'camera';
  readonly label: string;
}

/** What the browser granted of the microphone, against what was asked; null = not told by this browser. */
export interface GrantedAudio {
  readonly deviceId: string;
  readonly label: string;
  /** Hz */
  readonly rate: number | null;
  readonly echoCancellation: boolean | null;
  readonly noiseSuppression: boolean | null;
  readonly autoGainControl: boolean | null;
}

export interface Devices {
  readonly list: readonly Device[];
  /** Chosen ids; null = the browser's default. */
  readonly microphone: string | null;
  readonly speaker: string | null;
  readonly camera: string | null;
  readonly granted: GrantedAudio | null;
  /** This browser can move the sound to another output. */
  readonly canChooseSpeaker: boolean;
}

/** The two pictures that can go along, while they do. */
export interface Pictures {
  readonly camera: LiveStream | null;
  readonly screen: LiveStream | null;
}

/**
 * A conversation as elements and host pages see it: state to read, wishes to send. Every method is idempotent; promises settle when the
 * wish is in force, and failures are also in `state.error`.
 */
export interface Assistant {
  readonly state: Behavior<SessionState>;
  readonly levels: Behavior<Levels>;
  readonly devices: Behavior<Devices>;
  readonly pictures: Behavior<Pictures>;
  /** Connects; with `voice` also opens the microphone. Called within a user gesture. */
  start(options?: { readonly voice?: boolean }): Promise<void>;
  stop(): Promise<void>;
  mute(muted: boolean): void;
  /** Push-to-talk key or toggle. */
  hold(down: boolean): void;
  interrupt(cause?: InterruptCause): void;
  /** Sends a typed message; connects first (never asks for the microphone). */
  send(text: string, options?: { readonly images?: readonly string[] }): Promise<void>;
  addContext(text: string): void;
  retry(): void;
  setDevice(kind: Device['kind'], id: string | null): Promise<void>;
  setVolume(gain: number): void;
  startCamera(): Promise<void>;
  stopCamera(): void;
  startScreen(): Promise<void>;
  stopScreen(): void;
  /** One picture of what goes along, as a JPEG data URL put into the conversation with `question`. */
  snapshot(question?: string): Promise<void>;
  /** Tries to unlock blocked sound; call within a gesture. */
  unlock(): Promise<void>;
  /** A report for a support ticket: no secrets, no speech. */
  diagnose(): Promise<Readonly<Record<string, unknown>>>;
}
