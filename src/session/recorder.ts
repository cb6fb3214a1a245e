import type { Behavior } from '../shared/behavior.ts';
import type { CaptureState } from '../shared/capture-state.ts';

/** A recorder as elements and host pages see it: state to read, wishes to send. */

/** What is to be captured; at least one. */
export interface RecorderChoice {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly systemAudio: boolean;
}

/** Every method is idempotent; failures are in the state. */
export interface Recorder {
  readonly state: Behavior<CaptureState>;
  /** Asks for permission and records. Called within a user gesture. Does nothing while it records. */
  start(choice: RecorderChoice): void;
  pause(): void;
  resume(): void;
  /** Records no more; `state` tells `stopped` when everything is stored. */
  stop(): void;
  /** Lets go of everything at once; what is not stored by then is lost. */
  dispose(): void;
}

export { elapsedMs, idleCapture } from '../shared/capture-state.ts';
export type { CapturedChannel, CaptureRefusal, CaptureState, LivePicture } from '../shared/capture-state.ts';
