import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { pino } from 'pino';
import { build } from 'vite';
import { createGateway } from '../../demo/server/app.ts';
import { readConfig } from '../../demo/server/config.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { fakeEngines } from '../support/fake-engines.ts';
import { recordingProxy } from '../support/recording-proxy.ts';

/**
 * `npm run prove:capture`: Chromium records a picture and a sound that both tell their own time, through the real gateway into an export.
 * How far apart they are in it is measured frame by frame and beep by beep; once over a whole network, once with 20 random cuts, once with
 * a pause, and once with the browser's own fake camera and a recorded voice. SECONDS (60), CUTS (20).
 */

const SECONDS = Number(process.env['SECONDS'] ?? 60);
const CUTS = Number(process.env['CUTS'] ?? 20);
const KEY = 'prove-capture-key';
const FRAME_MS = 1000 / 30;
const VOICE = 'demo/pages/assets/reading.wav';

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

/** What ffmpeg writes to its standard output, and what it says. */
function ffmpeg(args: readonly string[]): Promise<{ readonly bytes: Buffer; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const pieces: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ bytes: Buffer.concat(pieces), said });
      else reject(new Error(said.slice(-500)));
    });
  });
}

const SMALL = { width: 320, height: 180 };

/** The time shown by a grey picture of `SMALL`'s size, ms modulo 2^24; null where it cannot be read. */
function barTime(grey: Buffer): number | null {
  let value = 0;
  for (let bit = 0; bit < 28; bit += 1) value = value * 2 + ((grey[5 * SMALL.width + bit * 10 + 5] ?? 0) > 126 ? 1 : 0);
  const time = Math.floor(value / 16);
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 4) sum ^= (time >> shift) & 15;
  return sum === value % 16 ? time : null;
}

interface Measured {
  /** For each picture: shown time minus its place in the video, ms modulo 2^24. */
  readonly pictures: readonly { readonly atMs: number; readonly shownMs: number }[];
  readonly unread: number;
  /** Places of beeps in the video, ms. */
  readonly beeps: readonly number[];
  readonly seconds: number;
}

async function measure(url: string): Promise<Measured> {
  const { width, height } = SMALL;
  const video = await ffmpeg([
    '-i',
    url,
    '-map',
    '0:v',
    '-vsync',
    '0',
    '-vf',
    `showinfo,scale=${width}:${height},format=gray`,
    '-f',
    'rawvideo',
    '-',
  ]);
  const times = [...video.said.matchAll(/pts_time:\s*(-?[\d.]+)/g)].map(([, seconds]) => Number(seconds) * 1000);
  const pictures: { atMs: number; shownMs: number }[] = [];
  let unread = 0;
  for (const [index, atMs] of times.entries()) {
    const shownMs = barTime(video.bytes.subarray(index * width * height, (index + 1) * width * height));
    if (shownMs === null) unread += 1;
    else pictures.push({ atMs, shownMs });
  }
  const sound = await ffmpeg([
    '-i',
    url,
    '-map',
    '0:a',
    '-af',
    'aresample=48000:async=1:first_pts=0',
    '-ac',
    '1',
    '-f',
    'f32le',
    '-',
  ]);
  const samples = new Float32Array(
    sound.bytes.buffer.slice(sound.bytes.byteOffset, sound.bytes.byteOffset + sound.bytes.byteLength),
  );
  return { pictures, unread, beeps: beepsIn(samples), seconds: samples.length / 48_000 };
}

/** Where it gets loud, to the sample: half the loudness of a beep, after 200 ms of quiet. */
function beepsIn(samples: Float32Array): readonly number[] {
  const found: number[] = [];
  let quietSince = 0;
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.abs(samples[index] ?? 0) < 0.2) continue;
    if (index - quietSince > 0.2 * 48_000) found.push(index / 48);
    quietSince = index;
  }
  return found;
}

const WRAP = 0x1000000;
const wrapped = (ms: number): number => ((((ms + WRAP / 2) % WRAP) + WRAP) % WRAP) - WRAP / 2;
const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};
const ms = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;

interface Run {
  readonly name: string;
  readonly cuts: number;
  readonly pause: boolean;
}

async function run(
  browserPage: Page,
  base: string,
  endpoint: string,
  wish: Run,
  cut: () => boolean,
): Promise<{ readonly url: string; readonly state: Json }> {
  await browserPage.evaluate(([to, timed]) => window.stage.begin(to, timed), [endpoint, true] as const);
  return finish(browserPage, base, wish, cut);
}

async function finish(
  browserPage: Page,
  base: string,
  { cuts, pause }: Run,
  cut: () => boolean,
): Promise<{ readonly url: string; readonly state: Json }> {
  const state = async (): Promise<Json> => (await browserPage.evaluate(() => window.stage.state())) as unknown as Json;
  await until('recording', async () => ((await state())['link'] === 'up' ? true : null));
  const moments = Array.from({ length: cuts }, () => Math.random() * (SECONDS - 4) * 1000 + 1000).sort((a, b) => a - b);
  const began = Date.now();
  for (const moment of moments) {
    await sleep(Math.max(0, moment - (Date.now() - began)));
    // Whoever is not connected cannot be cut; it is done as soon as it can.
    await until('a connection', () => Promise.resolve(cut() ? true : null));
  }
  if (pause) {
    await sleep((SECONDS * 1000) / 3);
    await browserPage.evaluate(() => window.stage.control('pause'));
    await sleep(5000);
    await browserPage.evaluate(() => window.stage.control('resume'));
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
  return { url: String(answer['stream_url']), state: last };
}

const stage = await page();
const config = readConfig({ GATEWAY_API_KEY: KEY, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn' }, 0);
const gateway = await createGateway({ ...config, ratePerMinute: 1_000_000 }, fakeEngines(), {
  log: pino({ level: process.env['LOG_LEVEL'] ?? 'warn' }),
  site: false,
});
await gateway.ready;
const base = await gateway.listen(0, '127.0.0.1');
const proxy = await recordingProxy(base);
const args = [
  ...chromiumArgs,
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${join(process.cwd(), VOICE)}`,
];
const browser = await chromium.launch({ executablePath: chromiumPath(), args });
let failed = false;
try {
  console.log(
    `Picture and sound that tell their own time, ${SECONDS} s each; how far sound is behind picture in the export (ms)`,
  );
  console.log('run                 median     p5    p95   frames kept  unread   beeps   picture p95   reconnects   lost');
  for (const wish of [
    { name: 'whole network', cuts: 0, pause: false },
    { name: `${CUTS} cuts`, cuts: CUTS, pause: false },
    { name: 'a pause of 5 s', cuts: 0, pause: true },
  ]) {
    const tab = await browser.newPage();
    // To compare with: browsers whose tracks cannot be read are recorded by MediaRecorder.
    if (process.env['BY_RECORDER'] !== undefined)
      await tab.addInitScript('delete globalThis.MediaStreamTrackProcessor');
    await tab.goto(stage.url);
    const { url, state } = await run(tab, base, proxy.url, wish, () => proxy.cut());
    const sounded = await tab.evaluate(() => window.stage.beeps());
    await tab.close();
    const { pictures, unread, beeps } = await measure(url);
    // Where the page's clock stood when the video began, by each picture; its frames may jitter, their median does not.
    const starts = pictures.map(({ atMs, shownMs }) => wrapped(shownMs - atMs));
    const start = percentile(starts, 0.5);
    const jitter = starts.map((each) => Math.abs(each - start));
    const late = beeps.flatMap((atMs) => {
      const near = pictures.reduce((best, each) => (Math.abs(each.atMs - atMs) < Math.abs(best.atMs - atMs) ? each : best));
      // The page's time at the beep, by the picture that is shown with it.
      const told = near.shownMs + (atMs - near.atMs);
      const [error] = sounded.map((each) => wrapped(told - (each % WRAP))).sort((a, b) => Math.abs(a) - Math.abs(b));
      return error === undefined || Math.abs(error) > 450 ? [] : [error];
    });
    const upload = state['upload'] as Json;
    const middle = percentile(late, 0.5);
    failed ||= !(Math.abs(middle) <= 20) || Number(upload['droppedMs']) > 0 || beeps.length < SECONDS - 4;
    console.log(
      [
        wish.name.padEnd(18),
        ms(middle).padStart(8),
        ms(percentile(late, 0.05)).padStart(7),
        ms(percentile(late, 0.95)).padStart(7),
        String(pictures.length).padStart(13),
        String(unread).padStart(8),
        String(beeps.length).padStart(8),
        percentile(jitter, 0.95).toFixed(1).padStart(14),
        String(state['reconnects']).padStart(13),
        `${String(upload['droppedMs'])} ms`.padStart(7),
      ].join(' '),
    );
    if (process.env['DETAIL'] !== undefined)
      console.log(
        late.map((each) => each.toFixed(0)).join(' '),
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
console.log(
  failed ? `\nFAILED: within 20 ms, nothing lost, every beep` : `\nin sync: within 20 ms; a frame is ${FRAME_MS.toFixed(1)} ms`,
);
process.exit(failed ? 1 : 0);
