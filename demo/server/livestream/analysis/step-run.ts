import type { LogLevel } from '../task-log.ts';

/** What a step of an analysis is given while it runs. */
export interface StepRun {
  /** Aborted when the task is gone or the gateway stops. */
  readonly signal: AbortSignal;
  /** 0–100 of the step; may be called as often as one likes. */
  progress(percentage: number): void;
  /** A line of the task's log. */
  say(level: LogLevel, message: string): Promise<void>;
}
