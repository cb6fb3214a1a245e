import { z } from 'zod';
import { demandUser } from './access.ts';
import { captureStatus, findSession, sessionFacts } from './capture-facts.ts';
import type { CaptureRow } from './capture-facts.ts';
import { checkCallback } from './capture-sessions.ts';
import { baseOf, callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { connectionId, idParams, optional, shown } from './fields.ts';
import type { FastifyRequest } from 'fastify';

/** Capture sessions as recorders see them: begun, looked at, ended (spec §2). */

const tags = ['capture'];

const startBody = z
  .object({
    session_id: z.string().min(1).max(200),
    channels: z
      .array(
        z.object({
          channel_id: z.string().min(1).max(200),
          channel_name: optional(z.string().max(200)),
          name: optional(z.string().max(200)),
          type: z.enum(['audio', 'video']),
          store: optional(z.boolean()),
          is_primary: optional(z.boolean()),
        }),
      )
      .min(1)
      .max(16),
    ws_connection_id: connectionId,
    callback_url: optional(z.string().max(2000)),
    primary_video_channel_id: optional(z.string().max(200)),
  })
  .meta(shown({ session_id: 'cap-0198c0de', channels: [{ channel_id: 'mic:default', type: 'audio', store: true }] }));

const state = z.object({ session_id: z.string(), status: captureStatus });

export function captureRecorderRoutes(app: Routes, context: Context): void {
  const { database, capture } = context;

  const find = async (request: FastifyRequest, id: string): Promise<CaptureRow> => {
    const row = await findSession(database, id);
    demandUser(callerIn(request), row.end_user_id);
    return row;
  };

  app.post(
    '/start',
    {
      config: { needs: 'capture' },
      schema: {
        tags,
        summary: 'Begin to record',
        description: 'Told by the recorder with the channels that it has; each becomes a stream of the session.',
        body: startBody,
        response: answers(state),
      },
    },
    async (request) => {
      const { body } = request;
      const { id } = await find(request, body.session_id);
      await checkCallback(context, callerIn(request), body.callback_url ?? '');
      await capture.start({
        sessionId: id,
        channels: body.channels.map(({ channel_id, channel_name, name, type, store, is_primary }) => ({
          channel_id,
          name: channel_name ?? name ?? channel_id,
          type,
          store: store ?? true,
          is_primary: is_primary ?? channel_id === body.primary_video_channel_id,
        })),
        wsConnectionIds: body.ws_connection_id === undefined ? [] : [body.ws_connection_id],
        callbackUrl: body.callback_url === undefined || body.callback_url === '' ? null : body.callback_url,
      });
      const { status } = await findSession(database, id);
      return ok({ session_id: id, status });
    },
  );

  app.get(
    '/:id',
    {
      config: { needs: 'capture' },
      schema: {
        tags,
        summary: 'What a recorder needs',
        description: 'The state of the session, and where each channel is sent.',
        params: idParams,
        response: answers(
          state.extend({
            channels: z.array(
              z.object({
                channel_id: z.string(),
                publish_url: z.string().describe('WebSocket that takes its sound or picture'),
                rtstream_id: z.string().nullable(),
              }),
            ),
          }),
        ),
      },
    },
    async (request) => {
      const row = await find(request, request.params.id);
      const [session] = await sessionFacts(context, [row]);
      const base = baseOf(context, request);
      const channels = row.channels.map(({ channel_id }) => ({
        channel_id,
        publish_url: capture.publishUrl(base, row.id, channel_id),
        rtstream_id: session?.rtstreams.find((stream) => [stream.channel_id, stream.name].includes(channel_id))?.id ?? null,
      }));
      return ok({ session_id: row.id, status: row.status, channels });
    },
  );

  app.post(
    '/:id/stop',
    {
      config: { needs: 'capture' },
      schema: {
        tags,
        summary: 'End the recording',
        description: 'What was sent is kept; it can be exported now. May be said twice.',
        params: idParams,
        response: answers(state),
      },
    },
    async (request) => {
      const { id } = await find(request, request.params.id);
      await capture.stop(id);
      const { status } = await findSession(database, id);
      return ok({ session_id: id, status });
    },
  );
}
