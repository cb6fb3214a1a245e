import { z } from 'zod';
import { findCollection } from './collection-rows.ts';
import type { Context, Routes } from './context.ts';
import { readIndexId } from './derived-rows.ts';
import type { SearchHit, SearchScope } from './deps.ts';
import { answers, ok } from './envelope.ts';
import { facts, idParams, toSeconds } from './fields.ts';
import { limitsOf, sourceOf, streamSearchBody } from './search-body.ts';
import { findStream } from './stream-rows.ts';

/** Search in what was said and seen on one stream, or on all of a collection (spec §2). */

const tags = ['search'];
/** The real service's, per its OpenAPI document. */
const STANDARD = { results: 10, score: 0, dynamic: 20 };

const shot = z.object({
  rtstream_id: z.string(),
  rtstream_name: z.string(),
  start: z.number().describe('Unix seconds'),
  end: z.number(),
  text: z.string(),
  score: z.number().describe('0–1'),
  scene_index_id: z.string().nullable().describe('Null: it was said'),
  scene_index_name: z.string().nullable(),
  metadata: facts,
});

export function streamSearchRoutes(app: Routes, context: Context): void {
  const { database, search } = context;

  const find = async (
    scope: Pick<SearchScope, 'streamId' | 'collectionId'>,
    body: z.output<typeof streamSearchBody>,
  ): Promise<z.output<typeof shot>[]> => {
    const asked = body.scene_index_id ?? body.index_id;
    const indexId = asked === undefined ? undefined : await readIndexId(database, asked, 'scene_index_id');
    const source = sourceOf(body.index_type);
    const hits = await search.search(
      { of: 'streams', ...scope, ...(indexId === undefined ? {} : { indexId }), ...(source === undefined ? {} : { source }) },
      body.query,
      limitsOf(body, STANDARD, 'semantic'),
    );
    return withNames(hits, asked);
  };

  const withNames = async (hits: readonly SearchHit[], asked: string | undefined): Promise<z.output<typeof shot>[]> => {
    const streams = await namesOf(
      'streams',
      hits.map(({ streamId }) => streamId),
    );
    const indexes = await namesOf(
      'indexes',
      hits.map(({ indexId }) => indexId),
    );
    return hits.flatMap((hit) => {
      if (hit.streamId === null) return [];
      return [
        {
          rtstream_id: hit.streamId,
          rtstream_name: streams.get(hit.streamId) ?? '',
          start: toSeconds(hit.startMs),
          end: toSeconds(hit.endMs),
          text: hit.text,
          score: hit.score,
          // Who asked by the name of a derived index gets that name back.
          scene_index_id: hit.indexId === null ? null : (asked ?? hit.indexId),
          scene_index_name: hit.indexId === null ? null : (indexes.get(hit.indexId) ?? ''),
          metadata: hit.metadata,
        },
      ];
    });
  };

  const namesOf = async (table: 'streams' | 'indexes', ids: readonly (string | null)[]): Promise<Map<string, string>> => {
    const known = [...new Set(ids.filter((id) => id !== null))];
    if (known.length === 0) return new Map();
    const rows = await database.selectFrom(table).select(['id', 'name']).where('id', 'in', known).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  };

  const response = answers(z.object({ results: z.array(shot) }));

  app.post(
    '/:id/search',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search a stream',
        description: 'In what was said and seen, best first; each result is a piece of the recording that can be played.',
        params: idParams,
        body: streamSearchBody,
        response,
      },
    },
    async ({ params, body }) => ok({ results: await find({ streamId: (await findStream(database, params.id)).id }, body) }),
  );

  app.post(
    '/collection/:id/search',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        summary: 'Search all streams of a collection',
        description: 'As the search of one stream; each result says on which stream it is.',
        params: idParams,
        body: streamSearchBody,
        response,
      },
    },
    async ({ params, body }) =>
      ok({ results: await find({ collectionId: (await findCollection(database, params.id)).id }, body) }),
  );
}
