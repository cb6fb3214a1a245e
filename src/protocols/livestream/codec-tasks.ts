import { AssistantError } from '../../shared/errors.ts';
import { isObject, list, number, object, requiredText, text, timeMs } from '../rtstream/codec-fields.ts';
import type { Json } from '../rtstream/codec-fields.ts';

/** Tasks as the service answers them (spec §Task, §Routes): each field checked, times in ms from here on. */

export const STATUSES = ['pending', 'listening', 'recording', 'processing', 'completed', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

export interface PublicTaskFacts {
  readonly url: string;
  readonly name: string;
  /** Unix ms */
  readonly startMs: number;
  readonly status: Status;
  readonly hostName: string | null;
  /** `data:image/…;base64,…`, of a kind that browsers show as a picture and nothing else; null = none. */
  readonly image: string | null;
  /** Markdown that anybody may have written: to be sanitised where it is shown. */
  readonly report: string | null;
}

export interface TaskFacts extends PublicTaskFacts {
  readonly id: string;
  readonly entity: string | null;
  /** What the recorder knows it by; null = none is involved. */
  readonly liveId: string | null;
  readonly promptContent: string;
  /** Unix ms */
  readonly createdMs: number;
  readonly updatedMs: number;
}

export type StatsFacts = Readonly<Record<Status | 'total', number>>;

/** What was asked for was done, or will be. */
export interface Done {
  readonly taskId: string;
  readonly message: string;
}

export interface TaskPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly totalPages: number;
}

/** 5 MiB in base64, and a little. */
const MOST_IMAGE = 7_500_000;
/** No SVG: it can hold scripts. */
const IMAGE = /^data:image\/(png|jpe?g|webp|gif|avif);base64,[A-Za-z0-9+/\s]+={0,2}$/i;

export const isStatus = (value: unknown): value is Status => STATUSES.some((status) => status === value);

/** Throws `bad-message` that names the field. */
export function readStatus(value: unknown): Status {
  if (isStatus(value)) return value;
  throw new AssistantError('bad-message', 'status: none of those that are known', { field: 'status' });
}

export function readPublicTask(value: unknown): PublicTaskFacts {
  const task = required(value, 'task');
  return {
    url: text(task['url']) ?? '',
    name: text(task['livestream_name']) ?? '',
    startMs: requiredTime(task['start_time'], 'start_time'),
    status: readStatus(task['status']),
    hostName: text(task['host_name']),
    image: readImage(task['livestream_image']),
    report: text(task['summary_report']),
  };
}

export function readTask(value: unknown): TaskFacts {
  const task = required(value, 'task');
  const createdMs = timeMs(task['created_at']) ?? requiredTime(task['start_time'], 'start_time');
  return {
    id: requiredText(task['id'], 'id'),
    ...readPublicTask(task),
    entity: text(task['entity']),
    liveId: text(task['bililive_live_id']),
    promptContent: text(task['prompt_content']) ?? '',
    createdMs,
    updatedMs: timeMs(task['updated_at']) ?? createdMs,
  };
}

export function readPage<T>(value: unknown, read: (item: unknown) => T): TaskPage<T> {
  const page = required(value, 'page');
  const items = list(page['items']).map(read);
  return {
    items,
    total: number(page['total']) ?? items.length,
    page: number(page['page']) ?? 1,
    totalPages: number(page['totalPages']) ?? 1,
  };
}

export function readStats(value: unknown): StatsFacts {
  const told = required(value, 'stats');
  const count = (name: string): number => number(told[name]) ?? 0;
  return {
    ...{ total: count('total'), pending: count('pending'), listening: count('listening'), recording: count('recording') },
    ...{ processing: count('processing'), completed: count('completed'), failed: count('failed') },
  };
}

export const readDone = (value: unknown): Done => {
  const told = required(value, 'answer');
  return { taskId: requiredText(told['task_id'], 'task_id'), message: text(told['message']) ?? '' };
};

/** Null for what is no picture. */
function readImage(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MOST_IMAGE && IMAGE.test(value) ? value : null;
}

export function requiredTime(value: unknown, field: string): number {
  const found = timeMs(value);
  if (found !== null) return found;
  throw new AssistantError('bad-message', `${field}: not a time`, { field });
}

export function required(value: unknown, field: string): Json {
  if (isObject(value)) return object(value);
  throw new AssistantError('bad-message', `${field}: not an object`, { field });
}
