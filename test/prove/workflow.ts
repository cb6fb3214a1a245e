import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { createGateway } from '../../demo/server/app.ts';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { startRtspSource } from '../support/media-sources.ts';
import { runWorkflow } from '../support/rtstream-workflow.ts';

/**
 * `npm run prove:workflow [seconds]`: the official npm SDK runs its guide's complete workflow against this gateway with its real engines: a
 * camera by RTSP with recorded speech, recorded, played, exported, indexed, searched, compiled; then the same camera without its sound,
 * where nothing can be found.
 */

const seconds = Number(process.argv[2] ?? 20);
const KEY = 'prove-workflow';
const dataDir = await mkdtemp(join(tmpdir(), 'prove-workflow-'));
const log = pino({ level: 'warn' }, pino.destination(2));
const config = {
  ...readConfig({ GATEWAY_API_KEY: KEY, PORT: '0', DATA_DIR: dataDir, MAX_STREAMS: '4' }, 0),
  ratePerMinute: 100_000,
};
const engines = await createEngines(config, { log });
const gateway = await createGateway(config, engines, { log, site: false });
await gateway.ready;
const baseUrl = await gateway.listen(0, '127.0.0.1');
const camera = await startRtspSource();

const rows: Record<string, unknown>[] = [];

async function once(
  name: string,
  mediaTypes: ('audio' | 'video')[] | undefined,
  query: string,
  expected: boolean,
): Promise<void> {
  const beganMs = Date.now();
  const outcome = await runWorkflow({
    baseUrl,
    apiKey: KEY,
    url: camera.url,
    ...(mediaTypes === undefined ? {} : { mediaTypes }),
    query,
    record: async (id) => {
      await live(id);
      const start = Date.now() / 1000;
      await delay(seconds * 1000);
      return { start, end: Date.now() / 1000 };
    },
  });
  const { last, clipUrl } = outcome;
  rows.push({
    run: name,
    'exported s': Number(outcome.duration.toFixed(1)),
    'window plays s': clipUrl === null ? 0 : Number((await playedSeconds(clipUrl)).toFixed(1)),
    ending: last.found ? 'hits' : 'No results found',
    'hits play s': last.found ? Number((await playedSeconds(last.compiledUrl)).toFixed(1)) : 0,
    'whole run s': Number(((Date.now() - beganMs) / 1000).toFixed(1)),
    ok: last.found === expected,
  });
}

/** Resolves when something of the stream has arrived. */
async function live(id: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(`${baseUrl}/rtstream/${id}`, { headers: { 'x-access-token': KEY } });
    const { data } = (await response.json()) as { data: { health: { state: string } | null } };
    if (data.health?.state === 'live') return;
    await delay(100);
  }
  throw new Error('the camera did not come');
}

/** Seconds that a playlist tells, its variants followed. */
async function playedSeconds(url: string): Promise<number> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  const lengths = [...text.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => Number(length));
  if (lengths.length > 0) return lengths.reduce((sum, length) => sum + length, 0);
  const variant = text.split('\n').find((line) => line !== '' && !line.startsWith('#'));
  return variant === undefined ? 0 : playedSeconds(new URL(variant, url).href);
}

try {
  await once('with its sound', ['audio', 'video'], 'was he an ill disposed young man', true);
  await once('media_types left out: video alone', undefined, 'was he an ill disposed young man', false);
  console.table(rows);
} finally {
  await camera.stop();
  await gateway.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exitCode = rows.length === 2 && rows.every(({ ok }) => ok === true) ? 0 : 1;
