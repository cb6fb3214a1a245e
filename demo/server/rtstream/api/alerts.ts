import { z } from 'zod';
import { checkOutsideUrl, privateUrlsAllowed } from '../../http/outside-url.ts';
import { demand } from './access.ts';
import { notFound } from './api-error.ts';
import { callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { findDerived } from './derived-rows.ts';
import { answers, nothing, ok } from './envelope.ts';
import { plainEventId } from './events.ts';
import { connectionId, isoTime, optional, shown } from './fields.ts';
import { findIndex, hexId } from './index-rows.ts';
import { withConnection } from './stream-rows.ts';

/** Alerts: an event watched for on an index, told on sockets and by webhook; the same under both generations of indexes (spec §2). */

const tags = ['alerts'];

const alertSchema = z.object({
  alert_id: z.string(),
  event_id: z.string(),
  prompt: z.string(),
  label: z.string(),
  callback_url: z.string(),
  status: z.enum(['enabled', 'disabled']),
  created_at: z.string(),
});

const createBody = z
  .object({
    event_id: z.string().min(1).max(200),
    callback_url: optional(z.string().max(2000)).describe('What is called by POST; empty or absent = sockets alone'),
    ws_connection_id: connectionId,
  })
  .meta(shown({ event_id: '9f86d081884c7d65', callback_url: '' }));

/** Both names and both forms of the words are in use (spec §8.10). */
const statusBody = z
  .object({
    action: optional(z.enum(['enable', 'disable', 'enabled', 'disabled'])),
    status: optional(z.enum(['enable', 'disable', 'enabled', 'disabled'])),
  })
  .refine(({ action, status }) => (action ?? status) !== undefined, {
    path: ['action'],
    message: "must be 'enable' or 'disable'",
  })
  .transform(({ action, status }) =>
    (action ?? status)?.startsWith('enable') === true ? ('enabled' as const) : ('disabled' as const),
  )
  .meta(shown({ action: 'disable' }, { status: 'enabled' }));

const params = z.object({ id: z.string().max(200), index: z.string().max(200) });
const alertParams = params.extend({ alert: z.string().max(200) });

export function alertRoutes(app: Routes, context: Context): void {
  alertRoutesAt(
    app,
    context,
    '/:id/index/:index/alert',
    async (streamId, id) => (await findIndex(context.database, streamId, id)).id,
  );
  // An index of the second generation reads what an understanding told: that is what is watched.
  alertRoutesAt(app, context, '/:id/indexes/:index/alert', async (streamId, id) => {
    return (await findDerived(context.database, streamId, id)).index_id;
  });
}

function alertRoutesAt(
  app: Routes,
  { database, config }: Context,
  path: string,
  indexOf: (streamId: string, id: string) => Promise<string>,
): void {
  const find = async (streamId: string, index: string, alertId: string): Promise<string> => {
    const indexId = await indexOf(streamId, index);
    const row = await database
      .selectFrom('alerts')
      .select('id')
      .where('index_id', '=', indexId)
      .where('id', '=', alertId)
      .executeTakeFirst();
    if (row === undefined) throw notFound('alert', alertId, 'alert_id');
    return row.id;
  };

  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Watch for an event',
        description:
          'From the next scene on. Sockets that are named hear of it; a callback_url is called by POST, signed, and again if it fails.',
        params,
        body: createBody,
        response: answers(z.object({ alert_id: z.string() })),
      },
    },
    async (request) => {
      const { params, body } = request;
      const indexId = await indexOf(params.id, params.index);
      const eventId = plainEventId(body.event_id);
      const event = await database.selectFrom('events').select('id').where('id', '=', eventId).executeTakeFirst();
      if (event === undefined) throw notFound('event', body.event_id, 'event_id');
      const callbackUrl = body.callback_url ?? '';
      if (callbackUrl !== '') {
        demand(callerIn(request), 'webhook');
        const allowPrivate = privateUrlsAllowed(config);
        await checkOutsideUrl('callback_url', callbackUrl, { allowPrivate, schemes: ['http', 'https'] });
      }
      const row = await database
        .insertInto('alerts')
        .values({
          id: hexId(),
          index_id: indexId,
          event_id: event.id,
          callback_url: callbackUrl,
          ws_connection_ids: withConnection([], body.ws_connection_id),
          status: 'enabled',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return ok({ alert_id: row.id });
    },
  );

  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'List alerts of an index',
        description: 'Each with its event, oldest first.',
        params,
        response: answers(z.object({ alerts: z.array(alertSchema) })),
      },
    },
    async ({ params }) => {
      const indexId = await indexOf(params.id, params.index);
      const rows = await database
        .selectFrom('alerts')
        .innerJoin('events', 'events.id', 'alerts.event_id')
        .where('alerts.index_id', '=', indexId)
        .select(['alerts.id', 'event_id', 'event_prompt', 'label', 'callback_url', 'status', 'alerts.created_at'])
        .orderBy('alerts.created_at')
        .orderBy('alerts.id')
        .execute();
      const alerts = rows.map(({ id, event_prompt, created_at, ...rest }) => ({
        alert_id: id,
        prompt: event_prompt,
        ...rest,
        created_at: isoTime(created_at),
      }));
      return ok({ alerts });
    },
  );

  app.patch(
    `${path}/:alert/status`,
    {
      schema: {
        tags,
        summary: 'Enable or disable an alert',
        description: 'Both may be said twice.',
        params: alertParams,
        body: statusBody,
        response: answers(nothing),
      },
    },
    async ({ params, body }) => {
      const id = await find(params.id, params.index, params.alert);
      await database.updateTable('alerts').set({ status: body }).where('id', '=', id).execute();
      return ok({});
    },
  );

  app.delete(
    `${path}/:alert`,
    {
      schema: {
        tags,
        summary: 'Delete an alert',
        description: 'With what it has told so far.',
        params: alertParams,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const id = await find(params.id, params.index, params.alert);
      await database.deleteFrom('alerts').where('id', '=', id).execute();
      return ok({});
    },
  );
}
