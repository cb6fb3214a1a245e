import { z } from 'zod';
import type { Routes } from '../../rtstream/api/context.ts';
import { findTask } from './access.ts';
import type { LivestreamDeps } from './deps.ts';
import { LivestreamError } from './livestream-error.ts';
import { taskParams } from './list-routes.ts';
import { manuscriptText } from './manuscript-text.ts';
import { errors } from './task-answer.ts';
import { oneOf } from './task-fields.ts';

/** What an analysis leaves behind: its log, how far it is, and what was read from the frames. */

const tags = ['livestream'];

const manuscriptSchema = z
  .object({
    title: z.string(),
    total_frames: z.number(),
    data: z.array(
      z.object({
        frame_number: z.number().describe('From 1'),
        filename: z.string().describe('frame_00001.png'),
        content: z.string().describe('What is written on it'),
        at_ms: z.number().optional().describe('ms of the recording'),
      }),
    ),
  })
  .describe('format=json');

const textSchema = z.object({ format: z.literal('md'), content: z.string().describe('Markdown') }).describe('format=md');

const progressSchema = z.union([
  z.object({
    step: z.enum(['join', 'frames', 'read', 'hear', 'summarise']),
    percentage: z.number().describe('0–100 of the step'),
  }),
  z.object({ step: z.null() }).describe('Nothing is under way'),
]);

export function manuscriptRoutes(app: Routes, deps: LivestreamDeps): void {
  const { taskLog, analysis, database } = deps;

  app.get(
    '/tasks/:task_id/log',
    {
      schema: {
        tags,
        summary: 'Read a task’s log',
        description: 'What happened to it, a line each, oldest first.',
        params: taskParams,
        response: { 200: z.object({ log_content: z.string() }), ...errors },
      },
    },
    async ({ params }) => {
      const { id } = await findTask(deps, params.task_id);
      return { log_content: await taskLog.read(id) };
    },
  );

  app.get(
    '/tasks/:task_id/manuscript',
    {
      schema: {
        tags,
        summary: 'Read a task’s manuscript',
        description: 'What was read from each frame, as JSON or as one Markdown text.',
        params: taskParams,
        querystring: z.object({ format: oneOf(['json', 'md'], 'json') }),
        response: { 200: z.union([manuscriptSchema, textSchema]), ...errors },
      },
    },
    async ({ params, query }) => {
      const { id } = await findTask(deps, params.task_id);
      const manuscript = await analysis.manuscript(id);
      if (manuscript === null) throw new LivestreamError(404, 'manuscript_not_found', 'There is no manuscript of it yet.');
      if (query.format === 'md') return { format: 'md' as const, content: manuscriptText(manuscript) };
      return { ...manuscript, data: [...manuscript.data] };
    },
  );

  app.get(
    '/tasks/:task_id/progress',
    {
      schema: {
        tags,
        summary: 'Read how far a task’s analysis is',
        description: 'The step that is under way and how much of it is done; told in the room of the task as it changes, too.',
        params: taskParams,
        response: { 200: progressSchema, ...errors },
      },
    },
    async ({ params }) => {
      const { id } = await findTask(deps, params.task_id);
      const job = await database
        .selectFrom('livestream_jobs')
        .select(['step', 'progress'])
        .where('task_id', '=', id)
        .where('status', 'in', ['queued', 'running'])
        .executeTakeFirst();
      return job === undefined ? { step: null } : { step: job.step, percentage: Math.round(job.progress) };
    },
  );
}
