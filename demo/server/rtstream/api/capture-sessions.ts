import { z } from 'zod';
import { checkOutsideUrl, privateUrlsAllowed } from '../../http/outside-url.ts';
import { demand, demandUser } from './access.ts';
import type { Caller } from './access.ts';
import { captureStatus, createdFacts, createdSchema, findSession, sessionFacts, sessionSchema } from './capture-facts.ts';
import type { CaptureRow } from './capture-facts.ts';
import { findCollection } from './collection-rows.ts';
import { baseOf, callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { connectionId, facts, idParams, optional, shown } from './fields.ts';
import { page } from './paging.ts';

/** Capture sessions as backends see them, under their collection: made, listed, looked at, exported (spec §2). */

const tags = ['capture'];
const params = z.object({ id: z.string().max(200), session: z.string().max(200) });

/** Throws where the URL may not be called, or the caller may not name one. */
export async function checkCallback({ config }: Pick<Context, 'config'>, caller: Caller, url: string): Promise<void> {
  if (url === '') return;
  demand(caller, 'webhook');
  await checkOutsideUrl('callback_url', url, { allowPrivate: privateUrlsAllowed(config), schemes: ['http', 'https'] });
}

export function captureSessionRoutes(app: Routes, context: Context): void {
  const { database, capture, urls } = context;

  /** The session, if it is the caller's to see. */
  const find = async (caller: Caller, collectionId: string, id: string): Promise<CaptureRow> => {
    await findCollection(database, collectionId, 'id');
    const row = await findSession(database, id);
    demandUser(caller, row.end_user_id);
    return row;
  };

  app.post(
    '/:id/capture/session',
    {
      config: { needs: 'capture' },
      schema: {
        tags,
        summary: 'Make a capture session',
        description:
          'For one recorder: a browser tab or a desktop client. Its sockets and callback_url hear when it becomes active, stops, is exported or fails.',
        params: idParams,
        body: z
          .object({
            end_user_id: optional(z.string().min(1).max(200)).describe(
              'Whose it is; a token that names its user may leave it out',
            ),
            callback_url: optional(z.string().max(2000)),
            ws_connection_id: connectionId,
            metadata: optional(facts),
          })
          .meta(shown({ end_user_id: 'user-1', metadata: { meeting: 'stand-up' } })),
        response: answers(createdSchema),
      },
    },
    async (request) => {
      const { body } = request;
      const caller = callerIn(request);
      const collection = await findCollection(database, request.params.id, 'id');
      const endUserId = body.end_user_id ?? caller.userId ?? 'anonymous';
      demandUser(caller, endUserId);
      await checkCallback(context, caller, body.callback_url ?? '');
      const id = await capture.create({
        collectionId: collection.id,
        endUserId,
        callbackUrl: body.callback_url === undefined || body.callback_url === '' ? null : body.callback_url,
        wsConnectionIds: body.ws_connection_id === undefined ? [] : [body.ws_connection_id],
        metadata: body.metadata ?? {},
      });
      return ok(createdFacts(await findSession(database, id)));
    },
  );

  app.get(
    '/:id/capture/session',
    {
      schema: {
        tags,
        summary: 'List capture sessions',
        description: 'Newest first; a token that names its user sees that user’s. cursor is the next_page of the page before.',
        params: idParams,
        querystring: z.object({
          status: optional(captureStatus),
          end_user_id: optional(z.string().max(200)),
          limit: optional(z.coerce.number().int().min(1).max(1000)),
          cursor: optional(z.string().max(200)),
        }),
        response: answers(
          z.object({ sessions: z.array(sessionSchema.extend({ id: z.string() })), next_page: z.string().nullable() }),
        ),
      },
    },
    async (request) => {
      const { query } = request;
      const { userId } = callerIn(request);
      const collection = await findCollection(database, request.params.id, 'id');
      let found = database.selectFrom('capture_sessions').selectAll().where('collection_id', '=', collection.id);
      if (query.status !== undefined) found = found.where('status', '=', query.status);
      if (query.end_user_id !== undefined) found = found.where('end_user_id', '=', query.end_user_id);
      if (userId !== null) found = found.where('end_user_id', '=', userId);
      // Ids are in the order of their making.
      if (query.cursor !== undefined) found = found.where('id', '<', query.cursor);
      const size = query.limit ?? 100;
      const { rows, next } = page(
        await found
          .orderBy('id', 'desc')
          .limit(size + 1)
          .execute(),
        size,
      );
      const sessions = (await sessionFacts(context, rows)).map((session) => ({ ...session, id: session.session_id }));
      return ok({ sessions, next_page: next ? (rows.at(-1)?.id ?? null) : null });
    },
  );

  app.get(
    '/:id/capture/session/:session',
    {
      schema: {
        tags,
        summary: 'Get a capture session',
        description: 'With its channels and streams: get_rtstream("mic") of the SDKs reads rtstreams.',
        params,
        response: answers(sessionSchema),
      },
    },
    async (request) => {
      const row = await find(callerIn(request), request.params.id, request.params.session);
      const [session] = await sessionFacts(context, [row]);
      return ok(session ?? { ...createdFacts(row), rtstreams: [] });
    },
  );

  app.post(
    '/:id/capture/session/:session/export',
    {
      config: { needs: 'capture' },
      schema: {
        tags,
        summary: 'Export a capture session',
        description:
          'One video of its picture and sounds. Begins it once; asked again it tells how far it is, and at last the video.',
        params,
        body: z
          .object({
            video_channel_id: optional(z.string().max(200)).describe('Which picture; the primary one where nothing is said'),
            connection_id: optional(z.string().max(200)).describe('Socket that wants to hear of it'),
            ws_connection_id: connectionId,
          })
          .meta(shown({ video_channel_id: 'display:1' })),
        response: answers(
          z.object({
            session_id: z.string(),
            video_channel_id: z.string().nullable(),
            export_status: z.enum(['exporting', 'exported', 'failed']),
            video_id: z.string().optional(),
            stream_url: z.string().optional(),
            player_url: z.string().optional(),
            error: z.string().nullable(),
          }),
        ),
      },
    },
    async (request) => {
      const { body } = request;
      const { id } = await find(callerIn(request), request.params.id, request.params.session);
      await capture.export({
        sessionId: id,
        videoChannelId: body.video_channel_id ?? null,
        wsConnectionId: body.connection_id ?? body.ws_connection_id ?? null,
      });
      const row = await findSession(database, id);
      const base = baseOf(context, request);
      const streamUrl = row.exported_video_id === null ? null : urls.video(base, row.exported_video_id);
      return ok({
        session_id: id,
        video_channel_id: body.video_channel_id ?? row.primary_video_channel_id,
        export_status: row.export_status ?? ('exporting' as const),
        error: row.error,
        ...(row.exported_video_id === null || streamUrl === null
          ? {}
          : { video_id: row.exported_video_id, stream_url: streamUrl, player_url: urls.player(base, streamUrl) }),
      });
    },
  );
}
