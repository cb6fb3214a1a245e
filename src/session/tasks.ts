import type { Behavior } from '../shared/behavior.ts';
import type { ErrorFacts } from '../shared/errors.ts';

/** Livestream tasks as somebody works with them by hand: which there are, what one of them is doing, and everything that can be asked of it. */

export type TaskStatus = 'pending' | 'listening' | 'recording' | 'processing' | 'completed' | 'failed';

export interface LivestreamTask {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly entity: string | null;
  /** Unix ms */
  readonly startMs: number;
  readonly status: TaskStatus;
  /** What the recorder knows it by; null = none is involved. */
  readonly liveId: string | null;
  readonly hostName: string | null;
  readonly promptContent: string;
  /** `data:image/…;base64,…`, checked; null = none. */
  readonly image: string | null;
  /** Markdown: to be sanitised where it is shown. */
  readonly report: string | null;
  /** Unix ms */
  readonly createdMs: number;
  readonly updatedMs: number;
}

export type TaskStats = Readonly<Record<TaskStatus | 'total', number>>;

export interface TaskQuery {
  /** Null = all. */
  readonly status: TaskStatus | null;
  /** In names and hosts; '' = all. */
  readonly search: string;
  readonly sortBy: 'created_at' | 'start_time' | 'status' | 'livestream_name';
  readonly order: 'asc' | 'desc';
}

/** What the query finds; known where somebody looked. */
export interface TaskList {
  readonly total: number;
  /** By place in the list, from 0; what is not known yet is absent. At most 1000 of them are kept. */
  readonly items: ReadonlyMap<number, LivestreamTask>;
}

export interface TaskPrompt {
  readonly name: string;
  /** Markdown */
  readonly content: string;
}

export interface TaskFrame {
  /** From 1. */
  readonly number: number;
  readonly filename: string;
  /** What is written on it. */
  readonly text: string;
  /** ms of the recording; null = not told. */
  readonly atMs: number | null;
  /** Null: there is no picture of it. */
  readonly imageUrl: string | null;
}

export interface TaskManuscript {
  readonly title: string;
  readonly frames: readonly TaskFrame[];
}

export interface TaskProgress {
  /** `join`, `frames`, `read`, `hear`, `summarise` */
  readonly step: string;
  /** 0–100 of the step */
  readonly percentage: number;
}

/** What is known of the task that is looked at. */
export interface TaskDetail {
  readonly task: LivestreamTask;
  /** Oldest first, the newest 2000: `2025-10-23 10:00:00,123 - INFO - …`. */
  readonly log: readonly string[];
  /** Null: nothing is under way. */
  readonly progress: TaskProgress | null;
  /** Null: there is none (yet). */
  readonly manuscript: TaskManuscript | null;
  /** Null = not now. */
  readonly liveUrl: string | null;
  readonly recordedUrl: string | null;
}

export interface TasksState {
  readonly phase: 'idle' | 'loading' | 'ready' | 'error';
  readonly query: TaskQuery;
  readonly list: TaskList;
  /** Null: not told yet. */
  readonly stats: TaskStats | null;
  readonly prompts: readonly TaskPrompt[];
  readonly selected: string | null;
  /** Null: nothing is looked at, or it is being loaded. */
  readonly detail: TaskDetail | null;
  /** The socket is down, and tried again. */
  readonly reconnecting: boolean;
  /** Why `phase` is `error`. `token-refused`: who asks is not known; `not-allowed` is not an error of the whole. */
  readonly error: ErrorFacts | null;
  /** What could not be read the last time; what was there before stays. */
  readonly notice: ErrorFacts | null;
  /** The newest change that came by itself, for who cannot see it; null = none yet. */
  readonly news: { readonly taskId: string; readonly name: string; readonly status: TaskStatus | 'created' | 'deleted' } | null;
}

/** Before anything is known. */
export const noTasks: TasksState = {
  phase: 'idle',
  query: { status: null, search: '', sortBy: 'created_at', order: 'desc' },
  list: { total: 0, items: new Map() },
  stats: null,
  prompts: [],
  selected: null,
  detail: null,
  reconnecting: false,
  error: null,
  notice: null,
  news: null,
};

export interface NewTaskWish {
  readonly url: string;
  readonly name: string;
  /** Unix ms */
  readonly startMs: number;
  readonly entity: string | null;
  /** Name of a prompt; null = the default one. */
  readonly prompt: string | null;
  readonly image: Blob | null;
}

export interface PastTaskWish {
  readonly url: string;
  readonly name: string;
  /** Unix ms */
  readonly startMs: number;
  /** Markdown */
  readonly report: string;
  readonly hostName: string | null;
  readonly entity: string | null;
  readonly image: Blob | null;
}

/** Every promise rejects with AssistantError; nothing changes in the state before the service says so. */
export interface TasksDesk {
  readonly state: Behavior<TasksState>;
  /** Loads what there is and stays up to date. Idempotent. */
  start(): void;
  /** Begins the list anew. */
  find(query: TaskQuery): void;
  /** These places are looked at (first ≤ place < end): what is not known of them is read. */
  look(first: number, end: number): void;
  /** Null = look at none. */
  select(taskId: string | null): void;
  /** Resolves with the new task's id. `progress`: 0–100 of the upload, null = not told. */
  create(wish: NewTaskWish, progress: (percentage: number | null) => void): Promise<string>;
  createPast(wish: PastTaskWish): Promise<string>;
  listen(taskId: string, listening: boolean): Promise<void>;
  remove(taskId: string): Promise<void>;
  analyse(taskId: string): Promise<void>;
  savePrompt(prompt: TaskPrompt): Promise<void>;
  /** Asks again for what could not be read. */
  retry(): void;
  dispose(): void;
}
