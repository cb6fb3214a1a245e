import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import type { SearchHit } from '../../demo/server/rtstream/api/deps.ts';
import { sharedEmbedding } from '../../demo/server/engines/embed.ts';
import { openSearch } from '../../demo/server/rtstream/search/open-search.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { HELD_OUT } from './search/held-out-queries.ts';
import { SOURCES } from './search/passages.ts';
import { fillSearch } from './search/fill.ts';
import { TUNING } from './search/tuning-queries.ts';

/**
 * `npm run prove:search`: queries over transcripts and screens with the real model: which place the passage they are about has, with words
 * alone beside it, what scores queries have that nothing is about, and how long a search takes over 100 000 passages.
 */

const log = pino({ level: 'warn' });
const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] ?? null, dataDir: null });
const embedder = sharedEmbedding((line) => log.warn(line));
const { search, close } = await fill();
const limits = { results: 10, score: 0, dynamicPercent: null, mode: 'semantic', filter: [] } as const;
const find = (query: string, mode: 'semantic' | 'keyword'): Promise<readonly SearchHit[]> =>
  search.search({ of: 'streams' }, query, { ...limits, mode });

async function fill() {
  const open = openSearch({ database, embedder, onFailure: (cause) => log.error(cause) });
  await fillSearch(database, open);
  return open;
}

const passages = SOURCES.reduce((sum, { passages: all }) => sum + all.length, 0);
console.log(`${String(passages)} passages of ${String(SOURCES.length)} streams, ${embedder.name}\n`);
console.log('queries            mode       top-1     top-3     not in ten  score of the right one p10 / p50');
for (const [name, queries] of [
  ['held out', HELD_OUT],
  ['tuned on', TUNING.flatMap(([query, about]) => (about === null ? [] : [[query, about] as const]))],
] as const) {
  for (const mode of ['semantic', 'keyword'] as const) {
    const places: number[] = [];
    const scores: number[] = [];
    for (const [query, about] of queries) {
      const hits = await find(query, mode);
      const place = hits.findIndex(({ text }) => text.startsWith(about));
      places.push(place);
      if (place >= 0) scores.push(hits[place]?.score ?? 0);
      if (place !== 0 && mode === 'semantic')
        console.log(`  ${String(place + 1).padStart(2)}. ${query} → ${hits[0]?.text ?? '(nothing)'}`);
    }
    const upTo = (most: number): string =>
      `${String(places.filter((place) => place >= 0 && place < most).length)}/${String(queries.length)}`;
    scores.sort((a, b) => a - b);
    const at = (share: number): string => (scores[Math.floor(share * (scores.length - 1))] ?? NaN).toFixed(2);
    console.log(
      `${name.padEnd(18)} ${mode.padEnd(10)} ${upTo(1).padEnd(9)} ${upTo(3).padEnd(9)} ${String(places.filter((place) => place < 0).length).padEnd(11)} ${at(0.1)} / ${at(0.5)}`,
    );
  }
}
const strangers = await Promise.all(
  TUNING.filter(([, about]) => about === null).map(async ([query]) => [query, (await find(query, 'semantic'))[0]] as const),
);
console.log(`\nqueries that nothing is about: best score ${strangers.map(([, hit]) => (hit?.score ?? 0).toFixed(2)).join(', ')}`);

if (!process.argv.includes('--small')) await big();
await close();
await Promise.all([database.destroy(), embedder.close()]);

/** Copies with other words in them, so that a search over very many is timed. */
async function big(): Promise<void> {
  const { manyPassages } = await import('./search/fill.ts');
  const count = 100_000;
  console.log(`\nfilling up to ${count.toLocaleString('en')} passages …`);
  const before = performance.now();
  await manyPassages(database, count);
  console.log(`  written in ${((performance.now() - before) / 1000).toFixed(0)} s`);
  const again = openSearch({ database, embedder, onFailure: (cause) => log.error(cause) });
  const loading = performance.now();
  await again.search.search({ of: 'streams' }, 'budget', limits);
  console.log(`  first search, which reads all meanings: ${((performance.now() - loading) / 1000).toFixed(1)} s`);
  const times: number[] = [];
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const cpu = process.cpuUsage();
  for (const [query] of HELD_OUT) {
    const startedAt = performance.now();
    await again.search.search({ of: 'streams' }, query, limits);
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(cpu);
  stalls.disable();
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? NaN).toFixed(0);
  console.log(
    `  a search: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms; ${((user + system) / 1000 / times.length).toFixed(0)} ms of CPU, database included`,
  );
  console.log(
    `  meanwhile others waited for at most ${(stalls.max / 1e6).toFixed(0)} ms, p99 ${(stalls.percentile(99) / 1e6).toFixed(0)} ms`,
  );
  console.log(
    `  machine: load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} on ${String(availableParallelism())} cores`,
  );
  await again.close();
}
