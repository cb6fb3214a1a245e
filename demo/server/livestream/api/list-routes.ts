import { z } from 'zod';
import type { Routes } from '../../rtstream/api/context.ts';
import { TASK_STATUSES } from '../task.ts';
import { findTask } from './access.ts';
import type { LivestreamDeps } from './deps.ts';
import { errors, publicTaskSchema, shownPublicTask, shownTask, taskSchema } from './task-answer.ts';
import { limit, oneOf, page } from './task-fields.ts';
import { countTasks, listPublicTasks, listTasks } from './task-list.ts';

/** Reading tasks: lists, counts, one of them. */

const tags = ['livestream'];
const TASK_ORDERS = ['created_at', 'start_time', 'status', 'livestream_name'] as const;
const PUBLIC_ORDERS = ['start_time', 'livestream_name'] as const;
const order = oneOf(['asc', 'desc'], 'desc');

const pageSchema = <T extends z.ZodType>(items: T) =>
  z.object({ items: z.array(items), total: z.number(), page: z.number(), limit: z.number(), totalPages: z.number() });

const count = z.number();

export function listRoutes(app: Routes, deps: LivestreamDeps): void {
  const { database } = deps;
  app.get(
    '/tasks',
    {
      schema: {
        tags,
        summary: 'List tasks',
        description: 'Page by page; by status, and by words in their names or those of their hosts.',
        querystring: z.object({
          page,
          limit,
          status: oneOf([...TASK_STATUSES, 'all'], 'all').describe('One status alone'),
          search_term: z
            .string()
            .max(200, 'has at most 200 letters')
            .refine((text) => !text.includes('\u0000'), 'must have no control characters')
            .default('')
            .describe('Words, each of which is in the name or the host’s; where there is no such task, nearly is enough'),
          sort_by: oneOf(['best', ...TASK_ORDERS], 'best').describe(
            'Default: the best first where something is searched, else the newest',
          ),
          order,
        }),
        response: { 200: pageSchema(taskSchema), ...errors },
      },
    },
    async ({ query }) => {
      const found = await listTasks(database, {
        page: query.page,
        limit: query.limit,
        status: query.status === 'all' ? null : query.status,
        search: query.search_term,
        sortBy: query.sort_by === 'best' ? null : query.sort_by,
        forgives: deps.searchForgives,
        order: query.order,
      });
      return { ...found, items: found.items.map(shownTask) };
    },
  );

  app.get(
    '/public_tasks',
    {
      schema: {
        tags,
        summary: 'List what of tasks is public',
        description: 'The same page by page, with the fields that may be shown to everybody.',
        querystring: z.object({ page, limit, sort_by: oneOf(PUBLIC_ORDERS, 'start_time'), order }),
        response: { 200: pageSchema(publicTaskSchema), ...errors },
      },
    },
    async ({ query: { sort_by, ...rest } }) => {
      const found = await listPublicTasks(database, { ...rest, sortBy: sort_by });
      return { ...found, items: found.items.map(shownPublicTask) };
    },
  );

  app.get(
    '/tasks/stats',
    {
      schema: {
        tags,
        summary: 'Count tasks',
        description: 'How many there are of each status, and together.',
        response: {
          200: z.object({
            ...{ total: count, pending: count, listening: count, recording: count },
            ...{ processing: count, completed: count, failed: count },
          }),
          ...errors,
        },
      },
    },
    async () => countTasks(database),
  );

  app.get(
    '/tasks/:task_id',
    {
      schema: {
        tags,
        summary: 'Read a task',
        description: 'Everything that is kept of it, with its report once there is one.',
        params: taskParams,
        response: { 200: taskSchema, ...errors },
      },
    },
    async ({ params }) => shownTask(await findTask(deps, params.task_id)),
  );
}

export const taskParams = z.object({ task_id: z.string().describe('UUID') });
