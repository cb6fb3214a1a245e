import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { findCollection } from './collection-rows.ts';
import type { CollectionRow } from './collection-rows.ts';
import { baseOf, callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, nothing, ok } from './envelope.ts';
import { idParams, isoTime, name, optional, shown } from './fields.ts';

/** Collections, and the live socket that is asked for at one (spec §2). */

const collection = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  is_public: z.boolean(),
  is_default: z.boolean(),
  created_at: z.string(),
});

const told = ({ id, name, description, is_public, is_default, created_at }: CollectionRow): z.output<typeof collection> => ({
  id,
  name,
  description,
  is_public,
  is_default,
  created_at: isoTime(created_at),
});

const tags = ['collections'];

export function collectionRoutes(app: Routes, context: Context): void {
  const { database, channels } = context;

  app.get(
    '',
    {
      schema: {
        tags,
        summary: 'List collections',
        description: 'All collections, oldest first, and the id of the one that `default` means.',
        response: answers(z.object({ collections: z.array(collection), default_collection: z.string() })),
      },
    },
    async () => {
      const first = await findCollection(database, 'default');
      const rows = await database.selectFrom('collections').selectAll().orderBy('created_at').orderBy('id').execute();
      return ok({ collections: rows.map(told), default_collection: first.id });
    },
  );

  app.post(
    '',
    {
      schema: {
        tags,
        summary: 'Make a collection',
        description: 'Streams and videos belong to one collection each; searches can be limited to one.',
        body: z
          .object({ name, description: optional(z.string().max(2000)), is_public: optional(z.boolean()) })
          .meta(shown({ name: 'Meetings', description: 'Weekly stand-ups' })),
        response: answers(collection),
      },
    },
    async ({ body }) => {
      const row = await database
        .insertInto('collections')
        .values({
          id: `c-${randomUUID()}`,
          name: body.name,
          description: body.description ?? '',
          is_public: body.is_public ?? false,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return ok(told(row));
    },
  );

  app.get(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Get a collection',
        description: 'By its id, or `default`.',
        params: idParams,
        response: answers(collection),
      },
    },
    async ({ params }) => ok(told(await findCollection(database, params.id, 'id'))),
  );

  app.patch(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Change a collection',
        description: 'Its name, its description, whether it is public; what is absent stays.',
        params: idParams,
        body: z
          .object({ name: optional(name), description: optional(z.string().max(2000)), is_public: optional(z.boolean()) })
          .meta(shown({ description: 'Stand-ups of 2026' })),
        response: answers(collection),
      },
    },
    async ({ params, body }) => {
      const known = await findCollection(database, params.id, 'id');
      const row = await database
        .updateTable('collections')
        .set({
          name: body.name ?? known.name,
          description: body.description ?? known.description,
          is_public: body.is_public ?? known.is_public,
        })
        .where('id', '=', known.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return ok(told(row));
    },
  );

  app.delete(
    '/:id',
    {
      config: { needs: 'remove' },
      schema: {
        tags,
        summary: 'Delete a collection',
        description: 'An empty one: streams and videos in it are deleted or kept by themselves. The default one stays.',
        params: idParams,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const known = await findCollection(database, params.id, 'id');
      if (known.is_default) throw new ApiError(409, 'default_collection', 'The default collection stays.', 'id');
      const holds = await Promise.all(
        (['streams', 'videos', 'capture_sessions'] as const).map((table) =>
          database.selectFrom(table).select('id').where('collection_id', '=', known.id).limit(1).executeTakeFirst(),
        ),
      );
      if (holds.some((row) => row !== undefined)) {
        const words = 'There are streams, videos or capture sessions in this collection; delete them first.';
        throw new ApiError(409, 'collection_not_empty', words, 'id');
      }
      await database.deleteFrom('collections').where('id', '=', known.id).execute();
      return ok({});
    },
  );

  app.get(
    '/:id/websocket',
    {
      schema: {
        tags: ['live'],
        summary: 'Where to listen live',
        description:
          'The URL of a WebSocket that can be opened as it is. Its first frame tells a connection_id, which is what other calls take as ws_connection_id.',
        params: idParams,
        response: answers(z.object({ websocket_url: z.string() })),
      },
    },
    async (request) => {
      await findCollection(database, request.params.id, 'id');
      const { origin, userId } = callerIn(request);
      return ok({ websocket_url: await channels.socketUrl(baseOf(context, request), { origin, userId }) });
    },
  );
}
