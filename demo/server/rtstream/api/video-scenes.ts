import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { notFound } from './api-error.ts';
import type { Context, Routes } from './context.ts';
import { answers, answersLater, nothing, ok } from './envelope.ts';
import { facts, idParams, name, optional, text, tier, shown } from './fields.ts';
import { settleOrTell } from './later.ts';
import { findVideo } from './video-rows.ts';

/** Scenes of a video: made by a prompt, listed, read; and everything that an analysis knows at once (spec §2, issue C). */

const tags = ['videos'];

const sceneSchema = z.object({
  start: z.number().describe('Seconds'),
  end: z.number(),
  description: z.string(),
  text: z.string(),
  data: z.unknown(),
  metadata: facts,
});

const indexBody = z
  .object({
    prompt: optional(text),
    model_name: tier,
    name: optional(name),
    extraction_type: optional(z.string().max(100)).describe('Accepted; scenes are cut where the picture changes'),
    extraction_config: optional(facts).describe('Accepted'),
    model_config: optional(facts),
    metadata: optional(facts),
    scenes: optional(z.array(facts).max(1000)).describe('Accepted'),
    language_code: optional(z.string().max(35)),
    callback_url: optional(z.string().max(2000)).describe('Accepted; ask output_url'),
  })
  .meta(shown({ prompt: 'What is on screen?', model_name: 'basic' }));

const analysisSchema = z
  .looseObject({ analysis_id: z.string() })
  .describe('scenes, objects, actions and timeline; what the engine cannot know is named unknown');

const params = z.object({ id: z.string().max(200), index: z.string().max(200) });

export function videoSceneRoutes(app: Routes, context: Context): void {
  const { database, published } = context;
  const analyse = async (
    videoId: string,
    wish: { readonly prompt: string | undefined; readonly model_name: string | undefined },
    progress: (percentage: number) => void,
  ): Promise<{ indexId: string; analysis: Readonly<Record<string, unknown>> }> => {
    const indexId = `ana-${uuidv7()}`;
    const prompt = wish.prompt ?? 'Describe the scene';
    const analysis = await published.analyse({ videoId, indexId, prompt, tier: wish.model_name ?? 'basic', progress });
    return { indexId, analysis };
  };
  const keyOf = (kind: string, videoId: string, wish: unknown): string => `${kind} ${videoId} ${JSON.stringify(wish)}`;

  app.post(
    '/:id/index/scene',
    {
      schema: {
        tags,
        summary: 'Index the scenes of a video',
        description: 'Tells what is seen in each scene by the prompt; answers the id under which the scenes are read.',
        params: idParams,
        body: indexBody,
        response: answersLater(z.object({ scene_index_id: z.string() })),
      },
    },
    async (request) => {
      const { body } = request;
      const video = await findVideo(database, request.params.id);
      return settleOrTell(context, request, {
        kind: 'index_scenes',
        key: keyOf('scenes', video.id, body),
        work: async (progress) => {
          const { indexId } = await analyse(video.id, { prompt: body.prompt, model_name: body.model_name }, progress);
          return { scene_index_id: indexId };
        },
      });
    },
  );

  app.get(
    '/:id/index/scene',
    {
      schema: {
        tags,
        summary: 'List scene indexes of a video',
        description: 'Those that came from the stream, and analyses.',
        params: idParams,
        response: answers(
          z.object({
            scene_indexes: z.array(
              z.object({ scene_index_id: z.string(), name: z.string(), status: z.string(), count: z.number() }),
            ),
          }),
        ),
      },
    },
    async ({ params }) => {
      const { id } = await findVideo(database, params.id);
      const rows = await database
        .selectFrom('video_scenes')
        .where('video_id', '=', id)
        .groupBy('index_id')
        .select(({ fn }) => ['index_id', fn.countAll<number>().as('count')])
        .orderBy('index_id')
        .execute();
      const indexes = rows.map(({ index_id, count }) => ({
        scene_index_id: index_id,
        name: index_id.startsWith('ana-') ? 'analysis' : 'from the stream',
        status: 'ready',
        count,
      }));
      return ok({ scene_indexes: indexes });
    },
  );

  app.get(
    '/:id/index/scene/:index',
    {
      schema: {
        tags,
        summary: 'Read the scenes of a video',
        description: 'In the order of the video.',
        params,
        response: answers(z.object({ scene_index_records: z.array(sceneSchema) })),
      },
    },
    async ({ params }) => {
      const { id } = await findVideo(database, params.id);
      const rows = await database
        .selectFrom('video_scenes')
        .selectAll()
        .where('video_id', '=', id)
        .where('index_id', '=', params.index)
        .orderBy('start_ms')
        .orderBy('id')
        .execute();
      if (rows.length === 0) throw notFound('scene index', params.index, 'scene_index_id');
      const records = rows.map(({ start_ms, end_ms, text, data, metadata }) => ({
        start: start_ms / 1000,
        end: end_ms / 1000,
        description: text,
        text,
        data,
        metadata,
      }));
      return ok({ scene_index_records: records });
    },
  );

  app.delete(
    '/:id/index/scene/:index',
    {
      schema: {
        tags,
        summary: 'Delete a scene index of a video',
        description: 'With its scenes.',
        params,
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const { id } = await findVideo(database, params.id);
      await database.deleteFrom('passages').where('video_id', '=', id).where('index_id', '=', params.index).execute();
      const { numDeletedRows } = await database
        .deleteFrom('video_scenes')
        .where('video_id', '=', id)
        .where('index_id', '=', params.index)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound('scene index', params.index, 'scene_index_id');
      return ok({});
    },
  );

  app.post(
    '/:id/analyse',
    {
      schema: {
        tags,
        summary: 'Analyse a video',
        description: 'Scenes, objects, actions and a timeline by a prompt. What the engine in use cannot know is named unknown.',
        params: idParams,
        body: z.object({ prompt: optional(text), model_name: tier }).meta(shown({ prompt: 'What does the user do?' })),
        response: answersLater(analysisSchema),
      },
    },
    async (request) => {
      const { body } = request;
      const video = await findVideo(database, request.params.id);
      return settleOrTell(context, request, {
        kind: 'analyse',
        key: keyOf('analyse', video.id, body),
        work: async (progress) => {
          const { indexId, analysis } = await analyse(video.id, { prompt: body.prompt, model_name: body.model_name }, progress);
          return { ...analysis, analysis_id: indexId };
        },
      });
    },
  );
}
