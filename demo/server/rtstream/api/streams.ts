import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { connectBody, connectStream, sampleRate } from './connect.ts';
import { baseOf, callerIn } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, created, nothing, ok } from './envelope.ts';
import { idParams, name, optional, startOrStop, shown } from './fields.ts';
import { listStreams, listQuery } from './stream-list.ts';
import { streamFacts, streamSchema } from './stream-facts.ts';
import type { StreamFacts } from './stream-facts.ts';
import { followSampleRate } from './sample-rate.ts';
import { admitStream, findStream } from './stream-rows.ts';
import type { StreamRow } from './stream-rows.ts';
import type { FastifyRequest } from 'fastify';

/** Streams: connect, look, list, start, stop, change, delete (spec §2). */

const tags = ['streams'];

export function streamRoutes(app: Routes, context: Context): void {
  const { database, running, media, config } = context;
  const told = (request: FastifyRequest, row: StreamRow): StreamFacts =>
    streamFacts(context, baseOf(context, request), row, callerIn(request).rights.has('operate'));

  app.post(
    '',
    {
      schema: {
        tags,
        summary: 'Connect a stream',
        description:
          'Takes in a live source from now on: pulled from a URL, or published by an encoder to the push_url of the answer. It is recorded unless store is false. A file that has been played to its end stops by itself.',
        body: connectBody,
        response: created(streamSchema),
      },
    },
    async (request, reply) => {
      const row = await connectStream(context, callerIn(request), request.body);
      await running.sync(row.id);
      return reply.code(201).send(ok(told(request, row)));
    },
  );

  app.get(
    '',
    {
      schema: {
        tags,
        summary: 'List streams',
        description: 'Newest first unless ordered otherwise; name matches a part of it. A page is limit rows from offset on.',
        querystring: listQuery,
        response: answers(
          z.object({
            results: z.array(streamSchema),
            count: z.number(),
            next: z.string().nullable(),
            previous: z.string().nullable(),
          }),
        ),
      },
    },
    async (request) => {
      const { rows, ...facts } = await listStreams(context, baseOf(context, request), request.query);
      return ok({ results: rows.map((row) => told(request, row)), ...facts });
    },
  );

  app.get(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Get a stream',
        description: 'With its live picture and how its source is doing.',
        params: idParams,
        response: answers(streamSchema),
      },
    },
    async (request) => ok(told(request, await findStream(database, request.params.id))),
  );

  app.patch(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Change a stream',
        description: 'Its name, or how many frames a minute its visual indexes look at where they do not say so themselves.',
        params: idParams,
        body: z
          .object({ name: optional(name), sample_rate: optional(sampleRate) })
          .meta(shown({ name: 'Back door', sample_rate: 60 })),
        response: answers(streamSchema),
      },
    },
    async (request) => {
      const { body, params } = request;
      const known = await findStream(database, params.id);
      const row = await database
        .updateTable('streams')
        .set({ name: body.name ?? known.name, sample_rate: body.sample_rate ?? known.sample_rate })
        .where('id', '=', known.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      if (row.sample_rate !== known.sample_rate) await followSampleRate(context, row);
      await running.sync(row.id);
      return ok(told(request, row));
    },
  );

  app.patch(
    '/:id/status',
    {
      schema: {
        tags,
        summary: 'Start or stop a stream',
        description: 'Both may be said twice. Stopping answers when everything that came in is on the disk.',
        params: idParams,
        body: startOrStop.meta(shown({ action: 'stop' })),
        response: answers(nothing),
      },
    },
    async ({ params, body }) => {
      const row = await findStream(database, params.id);
      const status = body === 'start' ? 'connected' : 'stopped';
      const write = (to: typeof database) => to.updateTable('streams').set({ status }).where('id', '=', row.id).execute();
      if (status === 'connected') await admitStream(database, config.streams.maxStreams, row.id, write);
      else await write(database);
      await running.sync(row.id);
      return ok({}, status === 'connected' ? 'The stream is taken in.' : 'The stream is stopped.');
    },
  );

  app.delete(
    '/:id',
    {
      config: { needs: 'remove' },
      schema: {
        tags,
        summary: 'Delete a stream',
        description:
          'Stops it and deletes its recording, transcript, indexes and alerts. Videos that were exported from it stay.',
        params: idParams,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const row = await findStream(database, params.id);
      await database.updateTable('streams').set({ status: 'stopped' }).where('id', '=', row.id).execute();
      await running.sync(row.id);
      await running.settled(row.id);
      const { folder } = media.recording(row.id);
      await database.deleteFrom('streams').where('id', '=', row.id).execute();
      await rm(folder, { recursive: true, force: true });
      return ok({});
    },
  );
}
