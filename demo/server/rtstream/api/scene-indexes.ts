import { z } from 'zod';
import { json } from '../../store/json.ts';
import type { Context, Routes } from './context.ts';
import { answers, nothing, ok } from './envelope.ts';
import { extractionOf, extractionType } from './extraction.ts';
import { connectionId, facts, idParams, isoTime, name, optional, startOrStop, text, tier, shown } from './fields.ts';
import { findIndex, hexId } from './index-rows.ts';
import type { IndexRow } from './index-rows.ts';
import { readScenes, sceneQuery, sceneRecord } from './scene-facts.ts';
import { FRAMES_BY } from './sample-rate.ts';
import { findStream, withConnection } from './stream-rows.ts';
import { beginTranscript } from './transcript-rows.ts';

/** Indexes of the first generation: `index_audio`, `index_visuals` and what is done with them (spec §2). */

const tags = ['indexes'];

const indexSchema = z.object({
  rtstream_index_id: z.string(),
  rtstream_id: z.string(),
  extraction_type: z.string(),
  extraction_config: z.record(z.string(), z.string()).describe('Values are strings, as VideoDB sends them'),
  prompt: z.string(),
  name: z.string(),
  status: z.enum(['connected', 'stopped', 'failed']),
  kind: z.enum(['audio', 'visual']),
  model_name: z.string().nullable(),
  created_at: z.string(),
});

const told = (row: IndexRow): z.output<typeof indexSchema> => ({
  rtstream_index_id: row.id,
  rtstream_id: row.stream_id,
  extraction_type: row.extraction_type,
  extraction_config: Object.fromEntries(
    Object.entries(row.extraction_config)
      .filter(([key]) => key !== FRAMES_BY)
      .map(([key, value]) => [key, String(value)]),
  ),
  prompt: row.prompt,
  name: row.name,
  status: row.status,
  kind: row.kind,
  model_name: row.model_name,
  created_at: isoTime(row.created_at),
});

const createBody = z
  .object({
    extraction_type: extractionType.describe('`transcript` for what is said, `time` for what is seen'),
    extraction_config: optional(facts).describe('`{segmenter, segmentation_value}`, or `{time, frame_count}`'),
    prompt: optional(text).describe('What to tell; JSON is answered where it asks for it'),
    model_name: tier,
    model_config: optional(facts),
    name: optional(name),
    ws_connection_id: connectionId,
    sandbox_id: optional(z.string().max(200)).describe('Accepted'),
    auto_start_transcript: optional(z.boolean()).describe('Writes the transcript as well'),
  })
  .meta(
    shown(
      { extraction_type: 'transcript', extraction_config: { segmenter: 'word', segmentation_value: 50 }, prompt: 'Summarize' },
      {
        extraction_type: 'time',
        extraction_config: { time: 2, frame_count: 5 },
        prompt: 'What is on screen?',
        model_name: 'pro',
      },
    ),
  );

const params = z.object({ id: z.string().max(200), index: z.string().max(200) });

export function sceneIndexRoutes(app: Routes, { database, running }: Context): void {
  app.post(
    '/:id/index/scene',
    {
      schema: {
        tags,
        summary: 'Index what is said or seen',
        description:
          'Begins at once and tells a scene for each window: of words, sentences or seconds of speech, or of seconds of pictures.',
        params: idParams,
        body: createBody,
        response: answers(indexSchema),
      },
    },
    async ({ params, body }) => {
      const stream = await findStream(database, params.id);
      const { kind, type, config } = extractionOf(body.extraction_type, body.extraction_config, stream.sample_rate);
      const row = await database
        .insertInto('indexes')
        .values({
          id: hexId(),
          stream_id: stream.id,
          name: body.name ?? `${kind} index`,
          kind,
          extraction_type: type,
          extraction_config: json(config),
          prompt: body.prompt ?? (kind === 'audio' ? 'Summarize what is said' : 'Describe the scene'),
          model_name: body.model_name ?? 'basic',
          model_config: json(body.model_config ?? {}),
          status: 'connected',
          ws_connection_ids: withConnection([], body.ws_connection_id),
          v2: json(null),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      if (kind === 'audio' && body.auto_start_transcript === true)
        await beginTranscript(database, stream.id, body.ws_connection_id);
      await running.sync(stream.id);
      const track = kind === 'audio' ? 'audio' : 'video';
      const words = `This stream was connected without ${track} (media_types): there is nothing to index.`;
      return ok(told(row), stream.media_types.includes(track) ? undefined : words);
    },
  );

  app.get(
    '/:id/index/scene',
    {
      schema: {
        tags,
        summary: 'List indexes',
        description: 'All indexes of the first generation on this stream, oldest first.',
        params: idParams,
        response: answers(z.object({ scene_indexes: z.array(indexSchema) })),
      },
    },
    async ({ params }) => {
      const stream = await findStream(database, params.id);
      const rows = await database
        .selectFrom('indexes')
        .selectAll()
        .where('stream_id', '=', stream.id)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return ok({ scene_indexes: rows.filter(({ v2 }) => v2 === null).map(told) });
    },
  );

  app.get(
    '/:id/index/:index',
    {
      schema: {
        tags,
        summary: 'Get an index',
        description: 'As it was made, and whether it works.',
        params,
        response: answers(indexSchema),
      },
    },
    async ({ params }) => ok(told(await findIndex(database, params.id, params.index))),
  );

  app.get(
    '/:id/index/scene/:index',
    {
      schema: {
        tags,
        summary: 'Read scenes',
        description: 'Newest first, by pages; start and end choose what overlaps them.',
        params,
        querystring: sceneQuery,
        response: answers(z.object({ scene_index_records: z.array(sceneRecord), next_page: z.boolean() })),
      },
    },
    async ({ params, query }) => {
      const { id } = await findIndex(database, params.id, params.index);
      const { records, next_page } = await readScenes(database, id, query);
      return ok({ scene_index_records: records, next_page });
    },
  );

  app.patch(
    '/:id/index/scene/:index',
    {
      schema: {
        tags,
        summary: 'Change the prompt of an index',
        description: 'The next window is told by it.',
        params,
        body: z.object({ prompt: text }).meta(shown({ prompt: 'Which application is open?' })),
        // Node's SDK takes the new prompt only where the data says success (spec §2).
        response: answers(z.object({ prompt: z.string(), success: z.literal(true) })),
      },
    },
    async ({ params, body }) => {
      const { id, stream_id } = await findIndex(database, params.id, params.index);
      await database.updateTable('indexes').set({ prompt: body.prompt }).where('id', '=', id).execute();
      await running.sync(stream_id);
      return ok({ prompt: body.prompt, success: true as const });
    },
  );

  app.patch(
    '/:id/index/scene/:index/status',
    {
      schema: {
        tags,
        summary: 'Start or stop an index',
        description: 'Both may be said twice.',
        params,
        body: startOrStop.meta(shown({ action: 'stop' })),
        response: answers(nothing),
      },
    },
    async ({ params, body }) => {
      const { id, stream_id } = await findIndex(database, params.id, params.index);
      const status = body === 'start' ? 'connected' : 'stopped';
      await database.updateTable('indexes').set({ status }).where('id', '=', id).execute();
      await running.sync(stream_id);
      return ok({});
    },
  );

  app.delete(
    '/:id/index/scene/:index',
    {
      schema: {
        tags,
        summary: 'Delete an index',
        description: 'With its scenes and alerts.',
        params,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const { id, stream_id } = await findIndex(database, params.id, params.index);
      await database.updateTable('indexes').set({ status: 'stopped' }).where('id', '=', id).execute();
      await running.sync(stream_id);
      await running.settled(stream_id);
      await database.deleteFrom('passages').where('index_id', '=', id).execute();
      await database.deleteFrom('indexes').where('id', '=', id).execute();
      return ok({});
    },
  );
}
