import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { pino } from 'pino';
import { connect } from 'videodb';
import { build } from 'vite';
import { createGateway } from '../../demo/server/app.ts';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { recordingProxy } from '../support/recording-proxy.ts';
import { film, heardRate } from './capture/film.ts';
import { measure } from './capture/measure.ts';

/**
 * `npm run prove:capture`: Chromium records a picture and a sound that both tell their own time, through the real gateway into an export.
 * How far apart they are in it is measured frame by frame and beep by beep, over a whole network, with 20 random cuts, with a pause: of a
 * canvas and an oscillator, and of Chromium's fake camera and microphone, which play a film and recorded people who speak between clicks;
 * there also how many words are wrong in the export. SECONDS (60), CUTS (20), ONLY=canvas|devices, BY_RECORDER=1 (MediaRecorder instead of
 * WebCodecs), DETAIL=1, KEEP=1.
 */

const SECONDS = Number(process.env['SECONDS'] ?? 60);
const CUTS = Number(process.env['CUTS'] ?? 20);
const KEY = 'prove-capture-key';
const FRAME_MS = 1000 / 30;
const PAUSE_S = 5;
/** What begins so near to where a recording begins or ends may be in it or not. */
const EDGE_MS = 400;

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-prove-capture-'));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function page(): Promise<{ readonly url: string; close(): void }> {
  await build({
    ...{ configFile: false, logLevel: 'error' },
    build: {
      outDir: join(folder, 'page'),
      rolldownOptions: { input: 'test/support/capture-stage.ts', output: { entryFileNames: 'main.js' } },
    },
  });
  const server = createServer((request, response) => {
    const script = request.url === '/main.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(
      script
        ? readFileSync(join(folder, 'page/main.js'))
        : '<!doctype html><title>Stage</title><script type="module" src="/main.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

interface Json {
  readonly [field: string]: unknown;
}

async function api(base: string, method: string, path: string, body?: Json): Promise<Json> {
  const headers = { 'x-access-token': KEY, 'content-type': 'application/json' };
  const response = await fetch(`${base}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { data?: Json; message?: string };
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.message ?? ''}`);
  return answer.data ?? {};
}

async function until<T>(what: string, ask: () => Promise<T | null>, withinMs = 120_000): Promise<T> {
  const began = Date.now();
  while (Date.now() - began < withinMs) {
    const found = await ask();
    if (found !== null) return found;
    await sleep(250);
  }
  throw new Error(`${what} did not happen within ${withinMs / 1000} s.`);
}

const WITHOUT_PROCESSOR = 'delete globalThis.MediaStreamTrackProcessor';
const WRAP = 0x1000000;
const wrapped = (ms: number): number => ((((ms + WRAP / 2) % WRAP) + WRAP) % WRAP) - WRAP / 2;
const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};
const ms = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;

interface Run {
  readonly name: string;
  readonly from: 'timed' | 'devices';
  readonly cuts: number;
  readonly pause: boolean;
}

async function run(
  browserPage: Page,
  base: string,
  endpoint: string,
  { from, cuts, pause }: Run,
  cut: () => boolean,
): Promise<{
  readonly url: string;
  readonly videoId: string;
  readonly state: Json;
  readonly paused: readonly [fromMs: number, toMs: number];
}> {
  await browserPage.evaluate(([to, source]) => window.stage.begin(to, source), [endpoint, from] as const);
  const state = async (): Promise<Json> => (await browserPage.evaluate(() => window.stage.state())) as unknown as Json;
  await until('recording', async () => ((await state())['link'] === 'up' ? true : null));
  const moments = Array.from({ length: cuts }, () => Math.random() * (SECONDS - 4) * 1000 + 1000).sort((a, b) => a - b);
  const began = Date.now();
  for (const moment of moments) {
    await sleep(Math.max(0, moment - (Date.now() - began)));
    // Whoever is not connected cannot be cut; it is done as soon as it can.
    await until('a connection', () => Promise.resolve(cut() ? true : null));
  }
  let paused: readonly [number, number] = [NaN, NaN];
  if (pause) {
    await sleep((SECONDS * 1000) / 3);
    const fromMs = Date.now();
    await browserPage.evaluate(() => window.stage.control('pause'));
    await sleep(PAUSE_S * 1000);
    await browserPage.evaluate(() => window.stage.control('resume'));
    paused = [fromMs, Date.now()];
  }
  await sleep(Math.max(0, SECONDS * 1000 - (Date.now() - began)));
  await browserPage.evaluate(() => window.stage.control('stop'));
  await until('its end', async () => ((await browserPage.evaluate(() => window.stage.done())) ? true : null));
  const last = await state();
  const path = `/collection/default/capture/session/${String(last['sessionId'])}`;
  await until('stopping', async () => ((await api(base, 'GET', path))['status'] === 'stopped' ? true : null));
  await api(base, 'POST', `${path}/export`, {});
  const answer = await until('the export', async () => {
    const session = await api(base, 'POST', `${path}/export`, {});
    if (session['export_status'] === 'failed')
      throw new Error(`The export failed: ${String((await api(base, 'GET', path))['error'])}`);
    return session['export_status'] === 'exported' ? session : null;
  });
  return { url: String(answer['stream_url']), videoId: String(answer['video_id']), state: last, paused };
}

/** Word errors of the video, 0–1, by what its own transcript says. */
async function wordErrors(video: string, recordedMs: number): Promise<number> {
  const collection = await connect({ apiKey: KEY, baseUrl: base }).getCollection();
  const exported = await collection.getVideo(video);
  await exported.indexSpokenWords(undefined, undefined, true);
  const { text } = (await exported.getTranscript()) as { readonly text?: string };
  if (process.env['DETAIL'] !== undefined) console.log(text);
  return heardRate(played, recordedMs, text ?? '');
}

const stage = await page();
const played = await film(folder, SECONDS + 30);
const environment = { GATEWAY_API_KEY: KEY, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn' };
const config = readConfig({ MODELS_DIR: join(homedir(), '.cache', 'viva-voce'), ...process.env, ...environment }, 0);
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' });
const engines = await createEngines(config, { log });
const gateway = await createGateway({ ...config, ratePerMinute: 1_000_000 }, engines, { log, site: false });
await gateway.ready;
const base = await gateway.listen(0, '127.0.0.1');
const proxy = await recordingProxy(base);
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--autoplay-policy=no-user-gesture-required', ...played.args],
});
const faults: string[] = [];
try {
  console.log(
    `${SECONDS} s each; how far sound is behind picture in the export, ms; load ${loadavg()[0]?.toFixed(1) ?? '?'} at the beginning`,
  );
  console.log(
    'source    run               median     p5    p95  pictures  unread  placed p95   beeps  reconnects    lost  word errors   load',
  );
  const wishes = (['timed', 'devices'] as const).flatMap((from): Run[] => [
    { name: 'whole network', from, cuts: 0, pause: false },
    { name: `${CUTS} cuts`, from, cuts: CUTS, pause: false },
    { name: `a pause of ${PAUSE_S} s`, from, cuts: 0, pause: true },
  ]);
  const only = process.env['ONLY'];
  for (const wish of wishes.filter(({ from }) => only === undefined || (only === 'devices') === (from === 'devices'))) {
    const tab = await browser.newPage();
    // To compare with: browsers whose tracks cannot be read are recorded by MediaRecorder.
    if (process.env['BY_RECORDER'] !== undefined) await tab.addInitScript(WITHOUT_PROCESSOR);
    await tab.goto(stage.url);
    const { url, videoId, state, paused } = await run(tab, base, proxy.url, wish, () => proxy.cut());
    const sounded = await tab.evaluate(() => window.stage.beeps());
    const seen = await tab.evaluate(() => window.stage.pictures());
    await tab.close();
    const measured = await measure(url);
    // The page's clock when a picture was captured: it shows that itself, or the page noted it of what it shows.
    const noted = new Map(seen.map(({ shows, atMs }) => [shows, atMs]));
    const pictures = measured.pictures.flatMap(({ atMs, shownMs }) => {
      const pageMs = wish.from === 'timed' ? shownMs : noted.get(shownMs);
      return pageMs === undefined ? [] : [{ atMs, pageMs }];
    });
    // Where the page's clock stood when the video began, by each picture; its frames may jitter, their median does not.
    const starts = pictures.map(({ atMs, pageMs }) => wrapped(pageMs - atMs));
    const start = percentile(starts, 0.5);
    const jitter = starts.map((each) => Math.abs(each - start));
    const late = measured.beeps.flatMap((atMs) => {
      const [error] = sounded.map((each) => wrapped(atMs + start - each)).sort((a, b) => Math.abs(a) - Math.abs(b));
      return error === undefined || Math.abs(error) > 220 ? [] : [error];
    });
    const recordedMs = (SECONDS - (wish.pause ? PAUSE_S : 0)) * 1000;
    const { droppedMs } = state['upload'] as { readonly droppedMs: number };
    const errors = wish.from === 'devices' && !wish.pause ? await wordErrors(videoId, recordedMs) : null;
    const spread = [percentile(late, 0.05), percentile(late, 0.95)];
    // The page notes those before its recording, of its pause and after it, too; those at an edge may be on either side.
    const expected = sounded.filter((each) => {
      const atMs = wrapped(each - start);
      const within = atMs > EDGE_MS && atMs < Math.min(measured.seconds * 1000, SECONDS * 1000) - EDGE_MS;
      return within && !(each > paused[0] - EDGE_MS && each < paused[1] + EDGE_MS);
    }).length;
    const label = `${wish.from === 'timed' ? 'canvas' : 'devices'}, ${wish.name}`;
    if (!spread.every((each) => Math.abs(each) <= 20)) faults.push(`${label}: sound is not within 20 ms`);
    if (!(percentile(jitter, 0.95) <= FRAME_MS)) faults.push(`${label}: pictures are not within a frame`);
    if (droppedMs > 0) faults.push(`${label}: something was lost`);
    if (late.length < expected) faults.push(`${label}: ${late.length} beeps of ${expected}`);
    console.log(
      [
        (wish.from === 'timed' ? 'canvas' : 'devices').padEnd(9),
        wish.name.padEnd(16),
        ms(percentile(late, 0.5)).padStart(7),
        ...spread.map((each) => ms(each).padStart(6)),
        String(pictures.length).padStart(9),
        String(measured.unread).padStart(7),
        percentile(jitter, 0.95).toFixed(1).padStart(11),
        `${late.length}/${expected}`.padStart(7),
        String(state['reconnects']).padStart(11),
        `${String(droppedMs)} ms`.padStart(7),
        (errors === null ? '' : `${(errors * 100).toFixed(1)} %`).padStart(12),
        (loadavg()[0] ?? NaN).toFixed(1).padStart(6),
      ].join(' '),
    );
    if (process.env['DETAIL'] !== undefined)
      console.log(
        late.map((each) => each.toFixed(0)).join(' '),
        '|',
        starts
          .filter((_, index) => index % 30 === 0)
          .map((each) => (each - start).toFixed(0))
          .join(' '),
      );
  }
} finally {
  await browser.close();
  await proxy.close();
  await gateway.close();
  stage.close();
  if (process.env['KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
  else console.log(folder);
}
for (const fault of faults) console.log(fault);
console.log(
  faults.length > 0
    ? 'FAILED'
    : `in sync: sound within 20 ms and pictures within a frame (${FRAME_MS.toFixed(1)} ms) at p95, nothing lost`,
);
process.exit(faults.length > 0 ? 1 : 0);
