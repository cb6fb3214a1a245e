import type { Selectable } from 'kysely';
import type { LivestreamTaskTable } from '../store/livestream-tables.ts';

/** A livestream task: what it can be, and what it can become (`specs/livestream.md` §Task). */

export type Task = Selectable<LivestreamTaskTable>;
export type TaskStatus = Task['status'];

export const TASK_STATUSES = [
  'pending',
  'listening',
  'recording',
  'processing',
  'completed',
  'failed',
] as const satisfies readonly TaskStatus[];

/**
 * What may follow. Stopped while it only listens, it waits again; stopped or ended while it records, what there is gets analysed. A broadcast
 * that comes back is watched and recorded again; everything that went wrong can be tried again.
 */
const NEXT: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  pending: ['listening', 'failed'],
  listening: ['pending', 'recording', 'processing', 'failed'],
  recording: ['pending', 'listening', 'processing', 'failed'],
  processing: ['completed', 'failed', 'listening'],
  completed: ['processing', 'listening'],
  failed: ['processing', 'listening', 'pending'],
};

export const mayBecome = (from: TaskStatus, to: TaskStatus): boolean => NEXT[from].includes(to);

/** Those from which it may become `to`. */
export const before = (to: TaskStatus): readonly TaskStatus[] => TASK_STATUSES.filter((from) => mayBecome(from, to));
