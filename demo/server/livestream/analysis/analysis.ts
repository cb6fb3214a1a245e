import type { Transaction } from 'kysely';
import type { Tables } from '../../store/tables.ts';

/** From recorded parts to a readable report: join, frames, read, hear, summarise; a durable job a task. */

/** `01_raw_manuscript.json` (spec §Routes 14). */
export interface Manuscript {
  readonly title: string;
  readonly total_frames: number;
  readonly data: readonly ManuscriptFrame[];
}

export interface ManuscriptFrame {
  /** From 1. */
  readonly frame_number: number;
  /** `frame_00001.png` */
  readonly filename: string;
  /** What is written on it. */
  readonly content: string;
  /** ms of the joined recording. */
  readonly at_ms?: number;
}

export interface Analysis {
  /**
   * Puts the task's analysis into the queue, in the transaction that makes it `processing`; to be followed by `poke`. Where the manuscript
   * exists, the summary alone.
   */
  enqueue(transaction: Transaction<Tables>, taskId: string): Promise<void>;
  /** There may be work. */
  poke(): void;
  /** Stops it, if it is under way, and takes it out of the queue. What was made stays. */
  cancel(taskId: string): Promise<void>;
  /** Takes up what a restart cut off. */
  resume(): Promise<void>;
  /** Null: there is none (yet). */
  manuscript(taskId: string): Promise<Manuscript | null>;
  /** Absolute path of a frame's PNG; null = there is none of that name. */
  frame(taskId: string, filename: string): Promise<string | null>;
  /** All files of it. */
  remove(taskId: string): Promise<void>;
  close(): Promise<void>;
}
