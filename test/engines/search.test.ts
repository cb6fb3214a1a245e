import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedEmbedding } from '../../demo/server/engines/embed.ts';
import type { EmbeddingEngine } from '../../demo/server/engines/local/answer/embedding.ts';
import { openSearch } from '../../demo/server/rtstream/search/open-search.ts';
import type { OpenSearch } from '../../demo/server/rtstream/search/open-search.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { fillSearch } from '../prove/search/fill.ts';
import { HELD_OUT } from '../prove/search/held-out-queries.ts';
import { startPostgres } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';

/** The real model and a real PostgreSQL server; `npm run prove:search` tells more. */

let server: PostgresServer;
let database: Database;
let embedder: EmbeddingEngine;
let open: OpenSearch;
const failures: unknown[] = [];

beforeAll(async () => {
  embedder = sharedEmbedding(() => undefined);
  server = await startPostgres();
  database = await openDatabase({ databaseUrl: server.url, dataDir: null });
  open = openSearch({ database, embedder, onFailure: (cause) => failures.push(cause) });
  await fillSearch(database, open);
}, 60_000);
afterAll(async () => {
  await open.close();
  await Promise.all([database.destroy(), embedder.close()]);
  await server.close();
});

it('finds what 40 queries are about among 70 passages: first in 35 or more, among three in 38 or more', async () => {
  const places: number[] = [];
  for (const [query, about] of HELD_OUT) {
    const limits = { results: 10, score: 0.2, dynamicPercent: null, mode: 'semantic', filter: [] } as const;
    const hits = await open.search.search({ of: 'streams' }, query, limits);
    places.push(hits.findIndex(({ text }) => text.startsWith(about)));
  }
  expect(HELD_OUT).toHaveLength(40);
  expect(failures).toEqual([]);
  expect(places.filter((place) => place === 0).length).toBeGreaterThanOrEqual(35);
  expect(places.filter((place) => place >= 0 && place < 3).length).toBeGreaterThanOrEqual(38);
});

it('scores low what nothing is about', async () => {
  const limits = { results: 10, score: 0.3, dynamicPercent: null, mode: 'semantic', filter: [] } as const;
  for (const query of ['medieval castles of Scotland', 'football world cup final', 'guitar chords'])
    expect(await open.search.search({ of: 'streams' }, query, limits)).toEqual([]);
});
