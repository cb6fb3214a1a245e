import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { baseOf } from '../../rtstream/api/context.ts';
import type { Routes } from '../../rtstream/api/context.ts';
import { uuidOf } from '../auth/subject.ts';
import { findTask } from './access.ts';
import type { LivestreamDeps } from './deps.ts';
import { LivestreamError } from './livestream-error.ts';
import { taskParams } from './list-routes.ts';
import { errors } from './task-answer.ts';

/** Frames as pictures, and where the recording can be played: addresses that carry their own authority. */

const tags = ['livestream'];
const FILENAME = /^frame_\d{5,7}\.png$/;

export function frameRoutes(app: Routes, deps: LivestreamDeps): void {
  const { analysis, recorder, frameUrls } = deps;
  const none = (): LivestreamError =>
    new LivestreamError(404, 'frame_not_found', 'There is no such frame, or its address is not signed.');

  app.get(
    '/tasks/:task_id/frames',
    {
      schema: {
        tags,
        summary: 'List a task’s frames',
        description: 'When each was shown, and where its picture is; none until the manuscript exists.',
        params: taskParams,
        response: {
          200: z.object({
            items: z.array(
              z.object({
                frame_number: z.number(),
                filename: z.string(),
                at_ms: z.number().nullable().describe('ms of the recording'),
                url: z.string(),
              }),
            ),
          }),
          ...errors,
        },
      },
    },
    async (request) => {
      const { id } = await findTask(deps, request.params.task_id);
      const base = baseOf(deps, request);
      const { data = [] } = (await analysis.manuscript(id)) ?? {};
      return {
        items: data.map(({ frame_number, filename, at_ms = null }) => ({
          ...{ frame_number, filename, at_ms },
          url: frameUrls.frame(base, id, filename),
        })),
      };
    },
  );

  app.get(
    '/tasks/:task_id/frames/:filename',
    {
      // A page shows hundreds at once.
      config: { open: true, rateLimit: false },
      schema: {
        tags,
        security: [],
        summary: 'Show a frame',
        description: 'The picture itself, by an address out of the list of frames.',
        params: taskParams.extend({ filename: z.string() }),
        querystring: z.object({ s: z.string().max(100).default('').describe('Signature') }),
        response: { 200: z.any().describe('PNG'), ...errors },
      },
    },
    async ({ params: { task_id, filename }, query: { s } }, reply) => {
      const id = uuidOf(task_id);
      if (id === null || !FILENAME.test(filename) || !frameUrls.verifies(id, filename, s)) throw none();
      const file = await analysis.frame(id, filename);
      if (file === null) throw none();
      void reply
        .header('content-type', 'image/png')
        .header('cache-control', 'private, max-age=86400')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'cross-origin');
      return reply.send(createReadStream(file));
    },
  );

  app.get(
    '/tasks/:task_id/playback',
    {
      schema: {
        tags,
        summary: 'Where a task can be played',
        description: 'Playlists of what is on the air, and of what was recorded; null = not now.',
        params: taskParams,
        response: { 200: z.object({ live_url: z.string().nullable(), recorded_url: z.string().nullable() }), ...errors },
      },
    },
    async (request) => {
      const { id } = await findTask(deps, request.params.task_id);
      const { liveUrl, recordedUrl } = await recorder.playback(id, baseOf(deps, request));
      return { live_url: liveUrl, recorded_url: recordedUrl };
    },
  );
}
