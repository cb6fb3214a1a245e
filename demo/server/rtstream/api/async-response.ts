import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { notFound } from './api-error.ts';
import type { Context, Routes } from './context.ts';
import { refusalSchema } from './envelope.ts';
import { idParams } from './fields.ts';

/** `GET /async-response/{job}`: where clients ask again until it is done (spec §1). Answers are 200 whatever came of it: that is how clients read them. */

/** SDKs ask every 5 s: who is kept waiting instead is told the moment it is done. */
const SDK_WAIT_MS = 4000;
const LONGEST_WAIT_S = 20;

/** `Prefer: wait=10` (RFC 7240) says how long, in seconds. */
function waitMs(headers: IncomingHttpHeaders): number {
  const wish = /(?:^|[,;])\s*wait=(\d+)/i.exec(String(headers['prefer'] ?? ''))?.[1];
  if (wish !== undefined) return Math.min(Number(wish), LONGEST_WAIT_S) * 1000;
  return headers['x-videodb-client'] === undefined ? 0 : SDK_WAIT_MS;
}

const data = z.object({ id: z.string(), kind: z.string(), percentage: z.number() });

const processing = z.object({ success: z.literal(true), status: z.literal('processing'), data });
const done = z.object({
  success: z.literal(true),
  status: z.literal('done'),
  data,
  response: z.object({ success: z.literal(true), message: z.string(), data: z.unknown() }),
});
const failed = z.object({
  success: z.literal(false),
  status: z.literal('failed'),
  message: z.string(),
  error_code: z.string(),
  error_status: z.number(),
  data,
});

export function asyncResponseRoutes(app: Routes, { jobs }: Context): void {
  app.get(
    '/:id',
    {
      schema: {
        tags: ['jobs'],
        summary: 'Outcome of a long call',
        description:
          'While it is under way status is processing and data.percentage tells how far it is; then response is what the call itself would have answered. It settles within 500 s. Prefer: wait=10 is answered when it is done, or after 10 s.',
        params: idParams,
        response: { 200: z.union([processing, done, failed]), '4xx': refusalSchema, '5xx': refusalSchema },
      },
    },
    async ({ params, headers }) => {
      await jobs.settled(params.id, waitMs(headers));
      const row = await jobs.read(params.id);
      if (row === null) throw notFound('job', params.id, 'id');
      const { id, kind, percentage, status, result, error, error_status } = row;
      const facts = { id, kind, percentage };
      if (status === 'processing') return { success: true as const, status, data: facts };
      if (status === 'done') {
        return {
          success: true as const,
          status,
          data: facts,
          response: { success: true as const, message: 'Done.', data: result },
        };
      }
      return {
        success: false as const,
        status,
        message: error ?? 'Something failed here.',
        error_code: 'job_failed',
        error_status: error_status ?? 500,
        data: facts,
      };
    },
  );
}
