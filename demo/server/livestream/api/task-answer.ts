import { z } from 'zod';
import { TASK_STATUSES } from '../task.ts';
import type { Task } from '../task.ts';
import { isoTime } from '../tasks.ts';
import { publicUrl } from './public-url.ts';
import { refusalSchema } from './refusal.ts';

/** Tasks as they are answered (spec §Task). */

const status = z.enum(TASK_STATUSES);

export const publicTaskSchema = z
  .object({
    url: z.string(),
    livestream_name: z.string(),
    start_time: z.string(),
    status,
    host_name: z.string().nullable(),
    livestream_image: z.string().nullable(),
    summary_report: z.string().nullable(),
  })
  .describe('What of a task is for everybody');

export const taskSchema = z
  .object({
    id: z.string().describe('UUID'),
    url: z.string(),
    livestream_name: z.string(),
    entity: z.string().nullable(),
    start_time: z.string().describe('ISO 8601, UTC'),
    status,
    bililive_live_id: z.string().nullable().describe('What the recorder knows it by; null = no recorder is involved'),
    host_name: z.string().nullable(),
    prompt_content: z.string().describe('What the report is made by'),
    livestream_image: z.string().nullable().describe('Data URL of the cover'),
    summary_report: z.string().nullable().describe('Markdown as it was made or handed in: sanitise it where it is shown'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .describe('A task');

export const doneSchema = z.object({ task_id: z.string(), status: z.literal('success'), message: z.string() });

export const errors = { '4xx': refusalSchema, '5xx': refusalSchema } as const;

export const shownTask = (task: Task): z.input<typeof taskSchema> => ({
  id: task.id,
  url: task.url,
  livestream_name: task.livestream_name,
  entity: task.entity,
  start_time: isoTime(task.start_time),
  status: task.status,
  bililive_live_id: task.bililive_live_id,
  host_name: task.host_name,
  prompt_content: task.prompt_content,
  livestream_image: task.livestream_image,
  summary_report: task.summary_report,
  created_at: isoTime(task.created_at),
  updated_at: isoTime(task.updated_at),
});

export type PublicTask = Pick<Task, keyof z.input<typeof publicTaskSchema>>;

/** Without what cameras and services put their keys into. */
export const shownPublicTask = (task: PublicTask): z.input<typeof publicTaskSchema> => ({
  url: publicUrl(task.url),
  livestream_name: task.livestream_name,
  start_time: isoTime(task.start_time),
  status: task.status,
  host_name: task.host_name,
  livestream_image: task.livestream_image,
  summary_report: task.summary_report,
});

export const done = (taskId: string, message: string): z.input<typeof doneSchema> => ({
  task_id: taskId,
  status: 'success',
  message,
});
