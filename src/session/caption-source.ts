import type { CaptionLine } from '../pipelines/caption-lines.ts';
import type { Behavior } from '../shared/behavior.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { InterpreterState } from './interpreter.ts';

/** Whatever captions come from, as elements see it: an interpreter, or a room where another page's interpreter is followed. */

export interface CaptionSourceState {
  readonly phase: InterpreterState['phase'];
  /** Oldest first, at most 500. */
  readonly lines: readonly CaptionLine[];
  /** BCP 47 of the translation; null = there is none, or nobody has told. */
  readonly to: string | null;
  /** Why `phase` is `error`, else null. */
  readonly error: ErrorFacts | null;
  /** A complaint that did not end it; the newest only. */
  readonly notice: ErrorFacts | null;
}

/** Every method is idempotent; failures are also in the state. */
export interface CaptionSource {
  readonly state: Behavior<CaptionSourceState>;
  start(): Promise<void>;
  stop(): Promise<void>;
  retry(): void;
  dispose(): void;
}
