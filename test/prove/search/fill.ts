import type { OpenSearch } from '../../../demo/server/rtstream/search/open-search.ts';
import { json } from '../../../demo/server/store/json.ts';
import type { Database } from '../../../demo/server/store/tables.ts';
import { SOURCES } from './passages.ts';

/** Writes the made-up streams as the gateway would. */

const COLLECTION = 'c-prove';

export async function fillSearch(database: Database, { rememberLine, rememberScene, settled }: OpenSearch): Promise<void> {
  await database.insertInto('collections').values({ id: COLLECTION, name: 'prove', description: '' }).execute();
  for (const { stream, kind, passages } of SOURCES) {
    await database
      .insertInto('streams')
      .values({
        ...{
          id: stream,
          collection_id: COLLECTION,
          name: stream,
          url: null,
          ingest_mode: 'push',
          push_key: stream,
          media_types: ['audio'],
        },
        ...{ sample_rate: 30, store: true, status: 'stopped', capture_session_id: null, channel_id: null },
      })
      .execute();
    await database
      .insertInto('indexes')
      .values({
        ...{
          id: `ix-${stream}`,
          stream_id: stream,
          name: stream,
          kind: 'visual',
          extraction_type: 'time',
          extraction_config: json({}),
        },
        ...{ prompt: '', model_name: null, model_config: json({}), status: 'stopped', v2: json(null) },
      })
      .execute();
    const of = { id: stream, collection_id: COLLECTION };
    for (const [at, passage] of passages.entries()) {
      const [text = '', evidence = ''] = passage.split(' || ');
      const times = { startMs: at * 5000, endMs: at * 5000 + 4000 };
      if (kind === 'transcript')
        await rememberLine(of, { type: 'final', line: `${stream}-${String(at)}`, text, language: 'en', words: [], ...times });
      else
        await rememberScene(
          of,
          { id: `ix-${stream}` },
          { text, evidence: `${text}\n${evidence}`, data: null, metadata: {}, ...times },
        );
    }
  }
  await settled();
}

const AT_ONCE = 1000;

/** Copies of them with numbers before them, with their meanings, until there are `count` more. */
export async function manyPassages(database: Database, count: number): Promise<void> {
  const originals = await database
    .selectFrom('passages')
    .select(['collection_id', 'stream_id', 'index_id', 'source', 'start_ms', 'end_ms', 'text', 'evidence', 'vector'])
    .execute();
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => {
      const original = originals[(from + at) % originals.length];
      if (original === undefined) throw new Error('there is nothing to copy');
      return { ...original, text: `Item ${String(from + at)}: ${original.text}`, metadata: json({}) };
    });
    await database.insertInto('passages').values(rows).execute();
  }
}
