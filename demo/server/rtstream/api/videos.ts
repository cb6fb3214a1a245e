import { z } from 'zod';
import { refused } from './api-error.ts';
import { findCollection } from './collection-rows.ts';
import { baseOf } from './context.ts';
import type { Context, Routes } from './context.ts';
import { answers, answersLater, nothing, ok } from './envelope.ts';
import { facts, idParams, name, optional, shown } from './fields.ts';
import { settleOrTell } from './later.ts';
import { clampShot, MOST_SHOTS, timeline } from './shots.ts';
import { videoFacts, videoSchema } from './video-facts.ts';
import { findVideo } from './video-rows.ts';

/** Recorded videos: looked at, played, named, downloaded, deleted (spec §2). */

const tags = ['videos'];
const played = z.object({ stream_url: z.string(), player_url: z.string() });

export function videoRoutes(app: Routes, context: Context): void {
  const { database, urls, published } = context;

  app.get(
    '',
    {
      schema: {
        tags,
        summary: 'List videos',
        description: 'Newest first, of one collection or of all.',
        querystring: z.object({ collection_id: optional(z.string().max(200)) }),
        response: answers(z.object({ videos: z.array(videoSchema) })),
      },
    },
    async (request) => {
      const asked = request.query.collection_id;
      const collection = asked === undefined ? null : await findCollection(database, asked);
      let found = database.selectFrom('videos').selectAll();
      if (collection !== null) found = found.where('collection_id', '=', collection.id);
      const rows = await found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1000).execute();
      return ok({ videos: rows.map((row) => videoFacts(context, baseOf(context, request), row)) });
    },
  );

  app.get(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Get a video',
        description: 'Its length, where it plays, whether its words can be searched.',
        params: idParams,
        querystring: z.object({ collection_id: optional(z.string().max(200)) }),
        response: answers(videoSchema),
      },
    },
    async (request) => ok(videoFacts(context, baseOf(context, request), await findVideo(database, request.params.id))),
  );

  app.patch(
    '/:id',
    {
      schema: {
        tags,
        summary: 'Name a video',
        description: 'Its name and description; what is absent stays.',
        params: idParams,
        body: z
          .object({ name: optional(name), description: optional(z.string().max(5000)) })
          .meta(shown({ name: 'Stand-up of Friday' })),
        response: answers(videoSchema),
      },
    },
    async (request) => {
      const { body } = request;
      const known = await findVideo(database, request.params.id);
      const row = await database
        .updateTable('videos')
        .set({ name: body.name ?? known.name, description: body.description ?? known.description })
        .where('id', '=', known.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return ok(videoFacts(context, baseOf(context, request), row));
    },
  );

  app.delete(
    '/:id',
    {
      config: { needs: 'remove' },
      schema: {
        tags,
        summary: 'Delete a video',
        description: 'With its files, captions and everything that was found in it.',
        params: idParams,
        querystring: z.object({ collection_id: optional(z.string().max(200)) }),
        response: answers(nothing),
      },
    },
    async ({ params }) => {
      const { id } = await findVideo(database, params.id);
      await published.removeFiles(id);
      await database.deleteFrom('videos').where('id', '=', id).execute();
      return ok({});
    },
  );

  app.post(
    '/:id/stream',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Play parts of a video',
        description: 'A playlist of the pieces of timeline, one after the other; without timeline of all of it.',
        params: idParams,
        body: z
          .object({
            timeline: optional(timeline.max(MOST_SHOTS)),
            length: optional(z.union([z.number(), z.string()])).describe('Accepted; the length is known here'),
          })
          .meta(shown({ timeline: [[1.5, 4.25]] })),
        response: answers(played),
      },
    },
    async (request) => {
      const { body } = request;
      const video = await findVideo(database, request.params.id);
      const base = baseOf(context, request);
      const shots = (body.timeline ?? []).map((shot, at) => clampShot(video, shot, `timeline.${at}`));
      const streamUrl = shots.length === 0 ? urls.video(base, video.id) : urls.compiled(base, shots);
      return ok({ stream_url: streamUrl, player_url: urls.player(base, streamUrl, { title: video.name }) });
    },
  );

  app.get(
    '/:id/thumbnail',
    {
      schema: {
        tags,
        summary: 'A picture of the video',
        description: 'Where its thumbnail is; null where it has no picture.',
        params: idParams,
        response: answers(z.object({ thumbnail_url: z.string().nullable() })),
      },
    },
    async (request) => {
      const { id } = await findVideo(database, request.params.id);
      return ok({ thumbnail_url: published.thumbnailUrl(baseOf(context, request), id) });
    },
  );

  app.post(
    '/:id/workflow',
    {
      schema: {
        tags,
        summary: 'Put captions into the picture',
        description:
          'The one workflow here is add_subtitles: a copy of the video with its captions burnt in. The video itself stays.',
        params: idParams,
        body: z
          .object({ type: z.string().max(100), subtitle_style: optional(facts) })
          .meta(shown({ type: 'add_subtitles', subtitle_style: {} })),
        response: answersLater(played),
      },
    },
    async (request) => {
      const { body } = request;
      const video = await findVideo(database, request.params.id);
      if (body.type !== 'add_subtitles') throw refused('type', 'type: only add_subtitles is known here', 'unknown_workflow');
      const base = baseOf(context, request);
      const style = body.subtitle_style ?? {};
      return settleOrTell(context, request, {
        kind: 'add_subtitles',
        key: `subtitles ${video.id} ${JSON.stringify(style)}`,
        work: async (progress) => {
          const streamUrl = await published.burnCaptions({ videoId: video.id, base, style, progress });
          return { stream_url: streamUrl, player_url: urls.player(base, streamUrl, { title: video.name }) };
        },
      });
    },
  );
}

export function downloadRoutes(app: Routes, context: Context): void {
  app.post(
    '',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Download what a stream URL plays',
        description: 'The address of one MP4 file of it. Only for stream URLs of this gateway.',
        body: z
          .object({ stream_link: z.string().min(1).max(20_000), name: optional(name) })
          .meta(shown({ stream_link: 'https://gateway.example/published/manifests/m-0198c0de.m3u8?s=…', name: 'Stand-up' })),
        response: answers(z.object({ download_url: z.string(), name: z.string(), status: z.literal('done') })),
      },
    },
    (request) => {
      const { stream_link, name } = request.body;
      const url = context.urls.download(baseOf(context, request), stream_link, name);
      if (url === null) throw refused('stream_link', 'stream_link: not a recording of this gateway');
      return ok({ download_url: url, name: name ?? 'video', status: 'done' as const });
    },
  );
}
