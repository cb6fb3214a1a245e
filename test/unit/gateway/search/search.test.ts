import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SearchHit, SearchLimits, SearchScope } from '../../../../demo/server/rtstream/api/deps.ts';
import { Meanings } from '../../../../demo/server/rtstream/search/meanings.ts';
import { rememberLine, rememberScene } from '../../../../demo/server/rtstream/search/remember.ts';
import { openSearch } from '../../../../demo/server/rtstream/search/open-search.ts';
import { PassageSearch } from '../../../../demo/server/rtstream/search/search.ts';
import type { FinalLine } from '../../../../demo/server/rtstream/transcript/transcript-event.ts';
import { openDatabase } from '../../../../demo/server/store/database.ts';
import { json } from '../../../../demo/server/store/json.ts';
import type { Database } from '../../../../demo/server/store/tables.ts';
import { WordEmbedder } from '../../../support/word-embedder.ts';
import { line } from '../audio/lines.ts';

let database: Database;
let embedder: WordEmbedder;
let meanings: Meanings;
let search: PassageSearch;
let failures: unknown[];

const STREAM = { id: 'rts-1', collection_id: 'c-1' };
const OTHER = { id: 'rts-2', collection_id: 'c-2' };
const LIMITS: SearchLimits = { results: 10, score: 0, dynamicPercent: null, mode: 'semantic', filter: [] };
const SAID = [
  'The marketing budget for next year is forty thousand dollars.',
  'Anna will send the contract to the lawyers on Thursday.',
  'The payment form crashes on phones with small screens.',
  'It rained in Madrid the whole night.',
];

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  await database
    .insertInto('collections')
    .values([collection('c-1'), collection('c-2')])
    .execute();
  await database
    .insertInto('streams')
    .values([stream('rts-1', 'c-1'), stream('rts-2', 'c-2')])
    .execute();
  await database
    .insertInto('indexes')
    .values([index('ix-1'), index('ix-2')])
    .execute();
  await database
    .insertInto('videos')
    .values({
      id: 'm-1',
      collection_id: 'c-1',
      name: 'video',
      length: 60,
      start_ms: null,
      folder: 'videos/x',
      recording_key: null,
    })
    .execute();
}, 60_000);
afterAll(() => database.destroy());

beforeEach(async () => {
  await database.deleteFrom('passages').execute();
  failures = [];
  embedder = new WordEmbedder();
  meanings = new Meanings({ database, embedder, onFailure: (cause) => failures.push(cause) });
  search = new PassageSearch({ database, meanings, onFailure: (cause) => failures.push(cause) });
});

const collection = (id: string) => ({ id, name: id, description: '' });
const stream = (id: string, collection_id: string) => ({
  ...{ id, collection_id, name: id, url: null, ingest_mode: 'push' as const, push_key: id, media_types: ['audio'] },
  ...{ sample_rate: 30, store: true, status: 'connected' as const, capture_session_id: null, channel_id: null },
});
const index = (id: string) => ({
  ...{ id, stream_id: 'rts-1', name: id, kind: 'visual' as const, extraction_type: 'time', extraction_config: json({}) },
  ...{ prompt: '', model_name: null, model_config: json({}), status: 'connected' as const, v2: json(null) },
});

async function remember(said: readonly string[], of = STREAM): Promise<readonly FinalLine[]> {
  const lines = said.map((text, at) => line(text, at * 1000, at * 1000 + 900));
  for (const one of lines) await rememberLine({ database, meanings }, of, one);
  await meanings.settled();
  return lines;
}
const find = (
  query: string,
  scope: Partial<SearchScope> = {},
  limits: Partial<SearchLimits> = {},
): Promise<readonly SearchHit[]> => search.search({ of: 'streams', ...scope }, query, { ...LIMITS, ...limits });
const texts = (hits: readonly SearchHit[]): readonly string[] => hits.map(({ text }) => text);

describe('search', () => {
  it('finds by words, by their forms and by synonyms, best first, with scores between 0 and 1', async () => {
    await remember(SAID);
    for (const [query, expected] of [
      ['crashing phone', 2],
      ['what is the marketing budget', 0],
      ['who sends the agreement to the attorney', 1],
      ['rain', 3],
    ] as const) {
      const hits = await find(query);
      expect(hits[0]?.text, query).toBe(SAID[expected]);
      expect(hits.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
      expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    }
    expect(failures).toEqual([]);
  });

  it('tells where and when, and in which language', async () => {
    await remember(SAID);
    expect((await find('payment form'))[0]).toMatchObject({
      ...{ streamId: 'rts-1', videoId: null, indexId: null, startMs: 2000, endMs: 2900, metadata: { language: 'en' } },
    });
  });

  it('finds nothing in nothing', async () => {
    await remember(SAID);
    for (const query of ['the of and', '', '   ', "'; drop table passages; --", '((((', '"', 'a & | ! b <-> :*', '\\', '%_'])
      expect(await find(query, {}, { score: 0.2 })).toEqual([]);
    expect(await find('quarterly dinosaurs', {}, { score: 0.2 })).toEqual([]);
    expect(texts(await find('budget'))).toHaveLength(1);
  });

  it('takes quotes and minus to the letter', async () => {
    await remember(['red apples and green pears', 'green apples and red pears', 'green apples only']);
    expect(texts(await find('"green apples"', {}, { mode: 'keyword' })).toSorted()).toEqual([
      'green apples and red pears',
      'green apples only',
    ]);
    expect(texts(await find('apples -pears', {}, { mode: 'keyword' }))).toEqual(['green apples only']);
  });

  it('keeps to a stream, a collection, an index and a kind', async () => {
    await remember(SAID);
    await remember(['The budget of the other collection.'], OTHER);
    const scene = {
      startMs: 0,
      endMs: 2000,
      text: 'A budget table on screen',
      data: null,
      metadata: { tier: 'basic' },
      evidence: 'Excel Sheet1',
    };
    for (const id of ['ix-1', 'ix-2']) await rememberScene({ database, meanings }, STREAM, { id }, scene);
    await meanings.settled();
    expect((await find('budget', { streamId: 'rts-2' })).map(({ streamId }) => streamId)).toEqual(['rts-2']);
    expect(texts(await find('budget', { collectionId: 'c-2' }))).toEqual(['The budget of the other collection.']);
    expect((await find('budget', { indexId: 'ix-2' })).map(({ indexId }) => indexId)).toEqual(['ix-2']);
    expect(texts(await find('budget', { streamId: 'rts-1', source: 'transcript' }))).toEqual([SAID[0]]);
    expect(await find('budget', { of: 'videos' })).toEqual([]);
    expect(await find('budget', { streamId: 'rts-unknown' })).toEqual([]);
  });

  it('finds a scene by what is known of it and shows its text', async () => {
    const evidence = 'Screen text: Invoice 4711\nTotal 99 EUR\n\nobjects: laptop';
    await rememberScene(
      { database, meanings },
      STREAM,
      { id: 'ix-1' },
      { startMs: 0, endMs: 2000, text: 'A document', data: null, metadata: { tier: 'pro' }, evidence },
    );
    await meanings.settled();
    expect(await find('invoice 4711')).toMatchObject([{ text: 'A document', metadata: { tier: 'pro' } }]);
  });

  it('leaves out what scores less than was asked, and all but the best part of the range', async () => {
    await remember(SAID);
    const all = await find('budget contract payment');
    expect(all).toHaveLength(3);
    expect(await find('budget contract payment', {}, { results: 2 })).toEqual(all.slice(0, 2));
    const [best, , worst] = all.map(({ score }) => score);
    expect(await find('budget contract payment', {}, { score: (best ?? 0) + 0.001 })).toEqual([]);
    expect((await find('budget contract payment', {}, { dynamicPercent: 0 })).every(({ score }) => score === best)).toBe(true);
    expect((await find('budget contract payment', {}, { dynamicPercent: 100 })).at(-1)?.score).toBe(worst);
  });

  it('keeps to passages whose metadata is equal', async () => {
    const scene = (tier: string, at: number) => ({
      startMs: at,
      endMs: at + 1,
      text: `budget ${tier}`,
      data: null,
      metadata: { tier, frames: 5 },
      evidence: '',
    });
    for (const [at, tier] of ['mini', 'pro'].entries())
      await rememberScene({ database, meanings }, STREAM, { id: 'ix-1' }, scene(tier, at));
    await meanings.settled();
    expect(texts(await find('budget', {}, { filter: [{ tier: 'pro' }] }))).toEqual(['budget pro']);
    expect(texts(await find('budget', {}, { filter: [{ tier: 'pro' }, { frames: 4 }] }))).toEqual([]);
    expect(texts(await find('unrelated words', {}, { filter: [{ tier: 'pro' }] })).length).toBeLessThanOrEqual(1);
  });

  it('is by words alone where the model fails, and by meaning again when it is back', async () => {
    await remember(SAID);
    const { embed } = embedder;
    embedder.embed = () => Promise.reject(new Error('busy'));
    expect(texts(await find('budget'))).toEqual([SAID[0]]);
    expect(failures).toHaveLength(1);
    await rememberLine({ database, meanings }, STREAM, line('The cat sat on the keyboard.', 0, 1));
    await expect.poll(() => failures.length).toBeGreaterThan(1);
    embedder.embed = embed.bind(embedder);
    await meanings.settled();
    const { vector } = await database
      .selectFrom('passages')
      .select('vector')
      .where('text', 'like', '%keyboard%')
      .executeTakeFirstOrThrow();
    expect(vector).toHaveLength(embedder.dimensions);
  });

  it('remembers meanings over a restart and embeds nothing twice', async () => {
    await remember(SAID);
    const { embedded } = embedder;
    const again = new Meanings({ database, embedder, onFailure: (cause) => failures.push(cause) });
    const other = new PassageSearch({ database, meanings: again, onFailure: (cause) => failures.push(cause) });
    expect(texts(await other.search({ of: 'streams' }, 'marketing budget', LIMITS))[0]).toBe(SAID[0]);
    again.refresh();
    await again.settled();
    expect(embedder.embedded).toBe(embedded + 1);
    await again.close();
  });

  it('finds nothing of a stream that is no more', async () => {
    await remember(SAID);
    expect(await find('budget')).not.toEqual([]);
    await database
      .deleteFrom('passages')
      .where('text', '=', SAID[0] ?? '')
      .execute();
    expect(texts(await find('budget'))).not.toContain(SAID[0]);
    expect(texts(await find('budget'))).not.toContain(SAID[0]);
  });

  it('makes the lines of a video findable, once', async () => {
    const row = (text: string, at: number) => ({
      video_id: 'm-1',
      start_ms: at,
      end_ms: at + 900,
      text,
      language: 'en',
      words: json([]),
      translations: json({}),
    });
    await database
      .insertInto('video_lines')
      .values(SAID.map((text, at) => row(text, at * 1000)))
      .execute();
    for (let times = 0; times < 2; times++) await search.indexSpokenWords('m-1');
    await meanings.settled();
    const hits = await find('payment form', { of: 'videos', videoId: 'm-1' });
    expect(hits[0]).toMatchObject({ videoId: 'm-1', streamId: null, startMs: 2000 });
    expect(hits.filter(({ startMs }) => startMs === 2000)).toHaveLength(1);
    expect(await find('payment form')).toEqual([]);
  });

  it('makes what an analysis tells of a video findable, once', async () => {
    const row = (text: string, at: number) => ({
      ...{ video_id: 'm-1', index_id: 'ana-1', start_ms: at, end_ms: at + 900, text },
      ...{ data: json(null), metadata: json({ tier: 'pro' }) },
    });
    await database
      .insertInto('video_scenes')
      .values(['A red car stops', 'Two people wave'].map((text, at) => row(text, at * 1000)))
      .execute();
    const open = openSearch({ database, embedder, onFailure: (cause) => failures.push(cause) });
    for (let times = 0; times < 2; times++) await open.indexVideoScenes('m-1', 'ana-1');
    await open.settled();
    const hits = await open.search.search({ of: 'videos', indexId: 'ana-1' }, 'people waving', LIMITS);
    expect(hits[0]).toMatchObject({ text: 'Two people wave', indexId: 'ana-1', startMs: 1000, metadata: { tier: 'pro' } });
    expect(hits.filter(({ startMs }) => startMs === 1000)).toHaveLength(1);
    await open.close();
  });

  it('gives what was copied into a video the meaning and the evidence of its original', async () => {
    await rememberScene(
      { database, meanings },
      STREAM,
      { id: 'ix-1' },
      { startMs: 5000, endMs: 6000, text: 'A document', data: null, metadata: {}, evidence: 'Invoice 4711' },
    );
    await meanings.settled();
    const { embedded } = embedder;
    await database
      .insertInto('passages')
      .values({
        collection_id: 'c-1',
        video_id: 'm-1',
        stream_id: null,
        index_id: 'ix-1',
        source: 'scene',
        start_ms: 0,
        end_ms: 1000,
        text: 'A document',
        metadata: json({}),
      })
      .execute();
    meanings.refresh();
    await meanings.settled();
    expect(embedder.embedded).toBe(embedded);
    expect(texts(await find('invoice 4711', { of: 'videos' }))).toEqual(['A document']);
  });
});
