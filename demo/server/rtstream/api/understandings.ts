import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { json } from '../../store/json.ts';
import type { Context, Routes } from './context.ts';
import { answers, nothing, ok } from './envelope.ts';
import { facts, idParams, isoTime, startOrStop, shown } from './fields.ts';
import { findIndex } from './index-rows.ts';
import type { IndexRow } from './index-rows.ts';
import { followingFrames } from './sample-rate.ts';
import { readScenes, sceneQuery, sceneRecord } from './scene-facts.ts';
import { findStream, withConnection } from './stream-rows.ts';
import { understandingBody, windowSeconds } from './understanding-body.ts';

/** Understandings: what is seen on a stream, window by window, in the second generation of the API (spec §2). */

const tags = ['understanding'];
const DEFAULT_WINDOW = '10s';

const descriptor = z.object({ understanding_id: z.string(), output: z.string(), type: z.string() });

const understandingSchema = z.object({
  understanding_id: z.string(),
  rtstream_id: z.string(),
  status: z.enum(['running', 'stopped', 'failed']),
  store: z.boolean(),
  trigger: z.string(),
  segmentation: facts,
  analyzers: z.array(facts),
  outputs: z.record(z.string(), descriptor).describe('By the name of each analyzer: what an index is made from'),
  created_at: z.string(),
});

interface Asked {
  readonly name: string;
  readonly store: boolean;
  readonly trigger: string;
  readonly segmentation: Readonly<Record<string, unknown>>;
  readonly analyzers: readonly Readonly<Record<string, unknown>>[];
}

const askedOf = (row: IndexRow): Asked => row.v2 as unknown as Asked;

function told(row: IndexRow): z.output<typeof understandingSchema> {
  const { name, store, trigger, segmentation, analyzers } = askedOf(row);
  return {
    understanding_id: row.id,
    rtstream_id: row.stream_id,
    status: row.status === 'connected' ? 'running' : row.status,
    store,
    trigger,
    segmentation,
    analyzers: [...analyzers],
    outputs: { [name]: { understanding_id: row.id, output: name, type: 'understanding' } },
    created_at: isoTime(row.created_at),
  };
}

const params = z.object({ id: z.string().max(200), understanding: z.string().max(200) });

export function understandingRoutes(app: Routes, { database, running }: Context): void {
  app.post(
    '/:id/understand',
    {
      schema: {
        tags,
        summary: 'Understand what is seen',
        description:
          'Looks at a few frames of every window and tells what the prompt asks. With trigger on_demand it waits to be started.',
        params: idParams,
        body: understandingBody,
        response: answers(understandingSchema),
      },
    },
    async ({ params, body }) => {
      const stream = await findStream(database, params.id);
      const [analyzer] = body.analyzers;
      const window = body.segmentation?.window ?? DEFAULT_WINDOW;
      const seconds = windowSeconds(window) ?? 10;
      const frames = analyzer?.sampling?.frame_count;
      const name = analyzer?.name ?? 'scene';
      const asked: Asked = {
        name,
        store: body.store ?? true,
        trigger: body.trigger ?? 'interval',
        segmentation: { type: 'time', window },
        analyzers: body.analyzers,
      };
      const row = await database
        .insertInto('indexes')
        .values({
          id: `und-${uuidv7()}`,
          stream_id: stream.id,
          name,
          kind: 'visual',
          extraction_type: 'time',
          extraction_config: json(
            frames === undefined ? followingFrames(seconds, stream.sample_rate) : { time: seconds, frame_count: frames },
          ),
          prompt: analyzer?.config?.prompt ?? 'Describe the scene',
          model_name: analyzer?.config?.model ?? 'basic',
          model_config: json(body.model_config ?? {}),
          status: asked.trigger === 'on_demand' ? 'stopped' : 'connected',
          ws_connection_ids: withConnection([], body.ws_connection_id),
          v2: json(asked),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await running.sync(stream.id);
      return ok(told(row));
    },
  );

  app.get(
    '/:id/understand',
    {
      schema: {
        tags,
        summary: 'List understandings',
        description: 'Of this stream, oldest first.',
        params: idParams,
        response: answers(z.object({ understandings: z.array(understandingSchema) })),
      },
    },
    async ({ params }) => {
      const stream = await findStream(database, params.id);
      const rows = await database
        .selectFrom('indexes')
        .selectAll()
        .where('stream_id', '=', stream.id)
        .where('id', 'like', 'und-%')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return ok({ understandings: rows.map(told) });
    },
  );

  const find = async (streamId: string, id: string): Promise<IndexRow> =>
    findIndex(database, streamId, id.startsWith('und-') ? id : `not an understanding: ${id}`, 'understanding_id');

  app.get(
    '/:id/understand/:understanding',
    {
      schema: {
        tags,
        summary: 'Get an understanding',
        description: 'As it was asked for, and whether it works.',
        params,
        response: answers(understandingSchema),
      },
    },
    async ({ params }) => ok(told(await find(params.id, params.understanding))),
  );

  app.patch(
    '/:id/understand/:understanding/status',
    {
      schema: {
        tags,
        summary: 'Start or stop an understanding',
        description: 'Both may be said twice.',
        params,
        body: startOrStop.meta(shown({ action: 'stop' })),
        response: answers(nothing),
      },
    },
    async ({ params, body }) => {
      const { id, stream_id } = await find(params.id, params.understanding);
      const status = body === 'start' ? 'connected' : 'stopped';
      await database.updateTable('indexes').set({ status }).where('id', '=', id).execute();
      await running.sync(stream_id);
      return ok({});
    },
  );

  app.get(
    '/:id/understand/:understanding/records',
    {
      schema: {
        tags,
        summary: 'Read what was understood',
        description: 'Newest first, by pages.',
        params,
        querystring: sceneQuery,
        response: answers(z.object({ records: z.array(sceneRecord), next_page: z.boolean() })),
      },
    },
    async ({ params, query }) => ok(await readScenes(database, (await find(params.id, params.understanding)).id, query)),
  );
}
