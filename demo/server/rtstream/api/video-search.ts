import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { findCollection } from './collection-rows.ts';
import { baseOf } from './context.ts';
import type { Context, Routes } from './context.ts';
import type { SearchHit, SearchLimits, SearchScope } from './deps.ts';
import { answers, ok } from './envelope.ts';
import { facts, idParams } from './fields.ts';
import { limitsOf, sourceOf, videoSearch2Body, videoSearchBody } from './search-body.ts';
import { findVideo } from './video-rows.ts';
import type { VideoRow } from './video-rows.ts';

/** Search in recorded videos, for both generations of SDKs: the shape of one must not reach the other (spec §8.7). */

const tags = ['search'];
const STANDARD = { results: 10, score: 0, dynamic: null };

const doc = z.object({
  start: z.number().describe('Seconds of the video'),
  end: z.number(),
  text: z.string(),
  score: z.number().describe('0–1'),
  stream_link: z.string(),
  player_url: z.string(),
  scene_index_id: z.string().optional().describe('Absent: it was said'),
  metadata: facts,
});

const result = z.object({
  video_id: z.string(),
  collection_id: z.string(),
  title: z.string(),
  length: z.number(),
  max_score: z.number(),
  platform: z.string(),
  stream_url: z.string(),
  thumbnail: z.string(),
  docs: z.array(doc),
});

const shots = z.object({
  response_type: z.literal('shots'),
  session_id: z.string(),
  waiting_for: z.literal('none'),
  results: z.array(result),
});

export function videoSearchRoutes(app: Routes, context: Context): void {
  const { database } = context;

  app.post(
    '/:id/search',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search a video',
        description:
          'In its spoken words, or in its scenes by index_type. Without a hit the answer is 400 with the words No results found.',
        params: idParams,
        body: videoSearchBody,
        response: answers(z.object({ results: z.array(result) })),
      },
    },
    async (request) => {
      const { body, params } = request;
      const video = await findVideo(database, params.id);
      const source = scoped(body);
      if (source !== 'scene') demandWords(video);
      const scope = { of: 'videos' as const, videoId: video.id, source, ...indexed(body.scene_index_id) };
      return ok({ results: await found(context, baseOf(context, request), scope, body.query, limits(body)) });
    },
  );

  app.post(
    '/:id/search/v2',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search a video, second generation',
        description:
          'In words and scenes together, with the response_type that newer SDKs look for. Without a hit 400: No results found.',
        params: idParams,
        body: videoSearch2Body,
        response: answers(shots),
      },
    },
    async (request) => {
      const { body, params } = request;
      const video = await findVideo(database, params.id);
      const scope = { of: 'videos' as const, videoId: video.id };
      const results = await found(context, baseOf(context, request), scope, body.query, limits2(body));
      return ok(shotsOf(results, body.session_id));
    },
  );
}

export function collectionSearchRoutes(app: Routes, context: Context): void {
  const { database } = context;

  app.post(
    '/:id/search',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search all videos of a collection',
        description: 'As the search of one video; results are grouped by video, the best first.',
        params: idParams,
        body: videoSearchBody,
        response: answers(z.object({ results: z.array(result) })),
      },
    },
    async (request) => {
      const { body, params } = request;
      const collection = await findCollection(database, params.id, 'id');
      const scope = { of: 'videos' as const, collectionId: collection.id, source: scoped(body), ...indexed(body.scene_index_id) };
      return ok({ results: await found(context, baseOf(context, request), scope, body.query, limits(body)) });
    },
  );

  app.post(
    '/:id/search/v2',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search all videos of a collection, second generation',
        description: 'As the second generation of the search of one video.',
        params: idParams,
        body: videoSearch2Body,
        response: answers(shots),
      },
    },
    async (request) => {
      const { body, params } = request;
      const collection = await findCollection(database, params.id, 'id');
      const scope = { of: 'videos' as const, collectionId: collection.id };
      const results = await found(context, baseOf(context, request), scope, body.query, limits2(body));
      return ok(shotsOf(results, body.session_id));
    },
  );
}

const scoped = (body: z.output<typeof videoSearchBody>): 'transcript' | 'scene' =>
  body.search_type === 'scene' ? 'scene' : (sourceOf(body.index_type) ?? 'transcript');

const indexed = (id: string | undefined): { indexId?: string } => (id === undefined ? {} : { indexId: id });

const limits = (body: z.output<typeof videoSearchBody>): SearchLimits =>
  limitsOf(body, STANDARD, body.search_type === 'keyword' ? 'keyword' : 'semantic');

const limits2 = (body: z.output<typeof videoSearch2Body>): SearchLimits => ({
  results: body.top_k ?? STANDARD.results,
  score: STANDARD.score,
  dynamicPercent: null,
  mode: body.mode === 'keyword' ? 'keyword' : 'semantic',
  filter: [],
});

const shotsOf = (results: z.output<typeof result>[], session: string | undefined): z.output<typeof shots> => ({
  response_type: 'shots',
  session_id: session ?? `ses-${uuidv7()}`,
  waiting_for: 'none',
  results,
});

function demandWords({ spoken_index }: VideoRow): void {
  if (spoken_index === 'ready') return;
  const words =
    spoken_index === 'processing'
      ? 'The spoken words of this video are still being indexed.'
      : 'The spoken words of this video are not indexed; index them first (index_spoken_words).';
  throw new ApiError(400, 'not_indexed', words);
}

/** Grouped by video, the best hit's first. Throws `ApiError` 400 when there is none: that is what SDKs' users catch. */
async function found(
  { database, search, urls, published }: Context,
  base: string,
  scope: SearchScope,
  query: string,
  wanted: SearchLimits,
): Promise<z.output<typeof result>[]> {
  const hits = await search.search(scope, query, wanted);
  const ids = [...new Set(hits.map(({ videoId }) => videoId).filter((id) => id !== null))];
  if (ids.length === 0) throw new ApiError(400, 'no_results', 'No results found');
  const rows = await database.selectFrom('videos').selectAll().where('id', 'in', ids).execute();
  const told = (video: VideoRow, { startMs, endMs, text, score, indexId, metadata }: SearchHit): z.output<typeof doc> => {
    const [startS, endS] = [startMs / 1000, endMs / 1000];
    const clip = urls.compiled(base, [{ videoId: video.id, startS, endS }]);
    const player = urls.player(base, clip, { title: video.name });
    const about = { start: startS, end: endS, text, score, stream_link: clip, player_url: player, metadata };
    return indexId === null ? about : { ...about, scene_index_id: indexId };
  };
  return ids.flatMap((id) => {
    const video = rows.find((row) => row.id === id);
    if (video === undefined) return [];
    const own = hits.filter(({ videoId }) => videoId === id);
    return [
      {
        video_id: video.id,
        collection_id: video.collection_id,
        title: video.name,
        length: video.length,
        max_score: Math.max(...own.map(({ score }) => score)),
        platform: 'viva-voce',
        stream_url: urls.video(base, video.id),
        thumbnail: published.thumbnailUrl(base, video.id) ?? '',
        docs: own.map((hit) => told(video, hit)),
      },
    ];
  });
}
