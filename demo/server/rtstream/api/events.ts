import { z } from 'zod';
import { notFound } from './api-error.ts';
import type { Context, Routes } from './context.ts';
import { answers, nothing, ok } from './envelope.ts';
import { idParams, isoTime, name, text, shown } from './fields.ts';
import { hexId } from './index-rows.ts';

/** Events: what to look out for, in words, to be attached to any index by an alert (spec §2). */

const tags = ['alerts'];

const eventSchema = z.object({ event_id: z.string(), event_prompt: z.string(), label: z.string(), created_at: z.string() });

/** Webhooks write `event-<hex>` for the same event (spec §3). */
export const plainEventId = (id: string): string => id.replace(/^event-/, '');

export function eventRoutes(app: Routes, { database }: Context): void {
  app.post(
    '/event',
    {
      schema: {
        tags,
        summary: 'Make an event',
        description: 'What to look out for, in words, and the label that its alerts carry.',
        body: z
          .object({ event_prompt: text, label: name })
          .meta(shown({ event_prompt: 'User opened Slack application', label: 'slack_opened' })),
        response: answers(eventSchema),
      },
    },
    async ({ body }) => {
      const row = await database
        .insertInto('events')
        .values({ id: hexId(), event_prompt: body.event_prompt, label: body.label })
        .returningAll()
        .executeTakeFirstOrThrow();
      return ok({ event_id: row.id, event_prompt: row.event_prompt, label: row.label, created_at: isoTime(row.created_at) });
    },
  );

  app.get(
    '/event',
    {
      schema: {
        tags,
        summary: 'List events',
        description: 'All events, oldest first.',
        response: answers(z.object({ events: z.array(eventSchema) })),
      },
    },
    async () => {
      const rows = await database.selectFrom('events').selectAll().orderBy('created_at').orderBy('id').execute();
      const events = rows.map(({ id, created_at, ...rest }) => ({ event_id: id, ...rest, created_at: isoTime(created_at) }));
      return ok({ events });
    },
  );

  app.delete(
    '/event/:id',
    {
      schema: {
        tags,
        summary: 'Delete an event',
        description: 'With its alerts.',
        params: idParams,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const id = plainEventId(params.id);
      const { numDeletedRows } = await database.deleteFrom('events').where('id', '=', id).executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound('event', params.id, 'event_id');
      return ok({});
    },
  );
}
