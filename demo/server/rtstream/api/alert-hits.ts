import { z } from 'zod';
import { baseOf } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, ok } from './envelope.ts';
import { idParams, isoTime, optional, pageNumber, pageSize, toMs, toSeconds, unixTime } from './fields.ts';
import { page } from './paging.ts';
import { findStream } from './stream-rows.ts';

/** What alerts have told so far, and how their webhooks went: ours, for who was away and for who looks for a lost call. */

const hitSchema = z.object({
  event_id: z.string().describe('As in the webhook: what receivers deduplicate by'),
  alert_id: z.string(),
  index_id: z.string(),
  rtstream_id: z.string(),
  label: z.string(),
  event_prompt: z.string(),
  explanation: z.string(),
  confidence: z.number().describe('0–1'),
  start: z.number().describe('Unix seconds'),
  end: z.number(),
  created_at: z.string(),
  stream_url: z.string(),
  player_url: z.string(),
});

const deliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  subject_id: z.string(),
  host: z.string().describe('Whom; the URL itself may hold secrets'),
  status: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number(),
  last_status: z.number().nullable(),
  last_error: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
  delivered_at: z.string().nullable(),
  created_at: z.string(),
});

const pages = { page: pageNumber, page_size: pageSize(1000) };

export function alertHitRoutes(app: Routes, context: Context): void {
  const { database, urls } = context;

  app.get(
    '/:id/alerts',
    {
      schema: {
        tags: ['alerts'],
        summary: 'What alerts told on a stream',
        description: 'Newest first, each with the piece of the recording that it is about.',
        params: idParams,
        querystring: z.object({
          ...pages,
          start: optional(unixTime),
          end: optional(unixTime),
          label: optional(z.string().max(200)),
          alert_id: optional(z.string().max(200)),
        }),
        response: answers(z.object({ alerts: z.array(hitSchema), next_page: z.boolean() })),
      },
    },
    async (request) => {
      const { query } = request;
      const stream = await findStream(database, request.params.id);
      let found = database
        .selectFrom('alert_hits')
        .innerJoin('alerts', 'alerts.id', 'alert_hits.alert_id')
        .innerJoin('events', 'events.id', 'alerts.event_id')
        .where('alert_hits.stream_id', '=', stream.id);
      if (query.start !== undefined) found = found.where('end_ms', '>=', toMs(query.start));
      if (query.end !== undefined) found = found.where('start_ms', '<=', toMs(query.end));
      if (query.label !== undefined) found = found.where('alert_hits.label', '=', query.label);
      if (query.alert_id !== undefined) found = found.where('alert_hits.alert_id', '=', query.alert_id);
      const size = query.page_size;
      const hits = await found
        .selectAll('alert_hits')
        .select(['alerts.index_id', 'events.event_prompt'])
        .orderBy('alert_hits.start_ms', 'desc')
        .orderBy('alert_hits.id', 'desc')
        .limit(size + 1)
        .offset((query.page - 1) * size)
        .execute();
      const { rows, next } = page(hits, size);
      const base = baseOf(context, request);
      const alerts = rows.map((hit) => {
        const streamUrl = urls.clip(base, stream.id, hit.start_ms, Math.max(hit.end_ms, hit.start_ms + 1000));
        return {
          event_id: hit.id,
          alert_id: hit.alert_id,
          index_id: hit.index_id,
          rtstream_id: stream.id,
          label: hit.label,
          event_prompt: hit.event_prompt,
          explanation: hit.explanation,
          confidence: hit.confidence,
          start: toSeconds(hit.start_ms),
          end: toSeconds(hit.end_ms),
          created_at: isoTime(hit.created_at),
          stream_url: streamUrl,
          player_url: urls.player(base, streamUrl, { title: hit.label }),
        };
      });
      return ok({ alerts, next_page: next });
    },
  );

  app.get(
    '/delivery',
    {
      config: { needs: 'manage' },
      schema: {
        tags: ['alerts'],
        summary: 'How webhooks went',
        description: 'Newest first: how often each was tried, what came back, when it is tried again.',
        querystring: z.object({
          ...pages,
          status: optional(z.enum(['pending', 'delivered', 'failed'])),
          subject_id: optional(z.string().max(200)),
        }),
        response: answers(z.object({ deliveries: z.array(deliverySchema), next_page: z.boolean() })),
      },
    },
    async ({ query }) => {
      let found = database.selectFrom('deliveries').selectAll();
      if (query.status !== undefined) found = found.where('status', '=', query.status);
      if (query.subject_id !== undefined) found = found.where('subject_id', '=', query.subject_id);
      const size = query.page_size;
      const sent = await found
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
        .offset((query.page - 1) * size)
        .execute();
      const { rows, next } = page(sent, size);
      const deliveries = rows.map((row) => ({
        id: row.id,
        event: row.event,
        subject_id: row.subject_id,
        host: URL.canParse(row.url) ? new URL(row.url).host : '',
        status: row.status,
        attempts: row.attempts,
        last_status: row.last_status,
        last_error: row.last_error,
        next_attempt_at: row.next_attempt_at === null ? null : isoTime(row.next_attempt_at),
        delivered_at: row.delivered_at === null ? null : isoTime(row.delivered_at),
        created_at: isoTime(row.created_at),
      }));
      return ok({ deliveries, next_page: next });
    },
  );
}
