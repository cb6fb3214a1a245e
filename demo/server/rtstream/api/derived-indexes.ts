import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { refused } from './api-error.ts';
import type { Context, Routes } from './context.ts';
import { findDerived } from './derived-rows.ts';
import type { DerivedRow } from './derived-rows.ts';
import { answers, nothing, ok } from './envelope.ts';
import { idParams, isoTime, name, optional, startOrStop, shown } from './fields.ts';
import { findIndex } from './index-rows.ts';
import { readScenes, sceneQuery, sceneRecord } from './scene-facts.ts';
import { findStream } from './stream-rows.ts';
import { sourceBody } from './understanding-body.ts';

/** Indexes of the second generation: what an understanding tells, to be searched and watched under a name (spec §2). */

const tags = ['understanding'];

const indexSchema = z.object({
  index_id: z.string(),
  rtstream_id: z.string(),
  name: z.string(),
  status: z.enum(['running', 'stopped']),
  use_for: z.array(z.string()),
  source: z.object({ understanding_id: z.string(), output: z.string() }),
  created_at: z.string(),
});

const told = (row: DerivedRow): z.output<typeof indexSchema> => ({
  index_id: row.id,
  rtstream_id: row.stream_id,
  name: row.name,
  status: row.status === 'connected' ? 'running' : 'stopped',
  use_for: row.use_for,
  source: { understanding_id: row.index_id, output: row.output },
  created_at: isoTime(row.created_at),
});

const params = z.object({ id: z.string().max(200), index: z.string().max(200) });

export function derivedIndexRoutes(app: Routes, { database }: Context): void {
  app.post(
    '/:id/indexes',
    {
      schema: {
        tags,
        summary: 'Index an understanding',
        description: 'source is one of the outputs that the understanding told.',
        params: idParams,
        body: z
          .object({ source: sourceBody, name: optional(name), use_for: optional(z.array(name).max(10)) })
          .meta(shown({ source: { understanding_id: 'und-0198c0de', output: 'scene' }, name: 'scene' })),
        response: answers(indexSchema),
      },
    },
    async ({ params, body }) => {
      const stream = await findStream(database, params.id);
      const understanding = await findIndex(database, stream.id, body.source.id, 'source.understanding_id');
      const output = body.source.output ?? understanding.name;
      if (output !== understanding.name)
        throw refused('source.output', `source.output: this understanding has '${understanding.name}'`);
      const row = await database
        .insertInto('derived_indexes')
        .values({
          id: `idx-${uuidv7()}`,
          stream_id: stream.id,
          index_id: understanding.id,
          output,
          name: body.name ?? output,
          use_for: body.use_for ?? ['semantic'],
          status: 'connected',
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return ok(told(row));
    },
  );

  app.get(
    '/:id/indexes',
    {
      schema: {
        tags,
        summary: 'List indexes of understandings',
        description: 'Of this stream, oldest first.',
        params: idParams,
        response: answers(z.object({ indexes: z.array(indexSchema) })),
      },
    },
    async ({ params }) => {
      const stream = await findStream(database, params.id);
      const rows = await database
        .selectFrom('derived_indexes')
        .selectAll()
        .where('stream_id', '=', stream.id)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return ok({ indexes: rows.map(told) });
    },
  );

  app.get(
    '/:id/indexes/:index',
    {
      schema: {
        tags,
        summary: 'Get an index of an understanding',
        description: 'Its name, its source, whether it is in use.',
        params,
        response: answers(indexSchema),
      },
    },
    async ({ params }) => ok(told(await findDerived(database, params.id, params.index))),
  );

  app.patch(
    '/:id/indexes/:index/status',
    {
      schema: {
        tags,
        summary: 'Use an index or not',
        description: 'The understanding itself goes on either way. Both may be said twice.',
        params,
        body: startOrStop.meta(shown({ action: 'stop' })),
        response: answers(nothing),
      },
    },
    async ({ params, body }) => {
      const { id } = await findDerived(database, params.id, params.index);
      const status = body === 'start' ? 'connected' : 'stopped';
      await database.updateTable('derived_indexes').set({ status }).where('id', '=', id).execute();
      return ok({});
    },
  );

  app.get(
    '/:id/indexes/:index/records',
    {
      schema: {
        tags,
        summary: 'Read what an index holds',
        description: 'Newest first, by pages.',
        params,
        querystring: sceneQuery,
        response: answers(z.object({ records: z.array(sceneRecord), next_page: z.boolean() })),
      },
    },
    async ({ params, query }) =>
      ok(await readScenes(database, (await findDerived(database, params.id, params.index)).index_id, query)),
  );
}
