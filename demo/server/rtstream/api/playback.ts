import { z } from 'zod';
import { ApiError, refused } from './api-error.ts';
import { baseOf } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, answersLater, ok } from './envelope.ts';
import { exportStream } from './export.ts';
import { idParams, name, optional, toMs, unixTime, shown } from './fields.ts';
import { settleOrTell } from './later.ts';
import { findStream } from './stream-rows.ts';

/** What was recorded of a stream: a window of it, or all of it as a video (spec §2). */

const tags = ['recordings'];
/** A shot of the SDKs is cut to whole seconds: two times in one second are the same (spec §2). */
const SHORTEST_MS = 1000;

/** Unix ms, at least a second long. Throws `ApiError` that names the field. */
export function windowOf(start: number, end: number): { readonly startMs: number; readonly endMs: number } {
  const startMs = toMs(start);
  const endMs = toMs(end);
  if (endMs < startMs) throw refused('end', 'end: before start');
  return { startMs, endMs: Math.max(endMs, startMs + SHORTEST_MS) };
}

export function playbackRoutes(app: Routes, context: Context): void {
  const { database, media, urls } = context;

  app.get(
    '/:id/stream',
    {
      schema: {
        tags,
        summary: 'Play a window of the recording',
        description:
          'A playlist of what was recorded between two times, and a page that plays it. Nothing is encoded again. Start and end in one second become that second.',
        params: idParams,
        querystring: z.object({
          start: unixTime,
          end: unixTime,
          player_title: optional(z.string().max(300)),
          player_description: optional(z.string().max(2000)),
          player_slug_prefix: optional(z.string().max(200)).describe('Accepted; addresses here are made otherwise'),
          original_frame_rate: optional(z.coerce.string()).describe('Accepted; the picture is played as it was recorded'),
          frame_rate: optional(z.coerce.number()).describe('Accepted, see original_frame_rate'),
        }),
        response: answers(z.object({ stream_url: z.string(), player_url: z.string(), start: z.number(), end: z.number() })),
      },
    },
    async (request) => {
      const { params, query } = request;
      const stream = await findStream(database, params.id);
      const { startMs, endMs } = windowOf(query.start, query.end);
      if (media.recording(stream.id).window(startMs, endMs).length === 0) {
        const words = stream.store
          ? 'Nothing of this stream is recorded between start and end.'
          : 'This stream was connected with store: false; nothing of it is kept.';
        throw new ApiError(404, 'not_recorded', words, 'start');
      }
      const base = baseOf(context, request);
      const streamUrl = urls.clip(base, stream.id, startMs, endMs);
      const about = { title: query.player_title ?? stream.name, description: query.player_description ?? '' };
      return ok({
        stream_url: streamUrl,
        player_url: urls.player(base, streamUrl, about),
        start: startMs / 1000,
        end: endMs / 1000,
      });
    },
  );

  app.post(
    '/:id/export',
    {
      schema: {
        tags,
        summary: 'Make a video of the recording',
        description:
          'Everything that was recorded, as a video that stays: with captions, chapters and thumbnails. The stream must be stopped. Asked again it answers the same video.',
        params: idParams,
        body: z.object({ name: optional(name) }).meta(shown({ name: 'Weekly stand-up' })),
        response: answersLater(
          z.object({
            video_id: z.string(),
            stream_url: z.string(),
            player_url: z.string(),
            name: z.string(),
            duration: z.number().describe('Seconds'),
          }),
        ),
      },
    },
    async (request) => {
      const { params, body } = request;
      const stream = await findStream(database, params.id);
      if (!stream.store) {
        throw new ApiError(
          400,
          'not_stored',
          'This stream was connected with store: false; there is no recording of it.',
          'store',
        );
      }
      if (stream.status !== 'stopped')
        throw new ApiError(400, 'still_running', 'Stop the stream before it is exported.', 'status');
      const base = baseOf(context, request);
      return settleOrTell(context, request, {
        kind: 'export',
        key: `export ${stream.id}`,
        work: (progress) => exportStream(context, base, stream, body.name ?? `${stream.name} - Recording`, progress),
      });
    },
  );
}
