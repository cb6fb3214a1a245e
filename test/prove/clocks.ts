import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { pino } from 'pino';
import { createServer } from 'vite';
import { createGateway } from '../../demo/server/app.ts';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { connect } from '../../src/protocols/rtstream/connection.ts';
import type { RTStream } from '../../src/protocols/rtstream/stream.ts';
import { recordedSpeech } from '../engines/here.ts';
import { laid } from '../engines/laid.ts';
import { errorRate } from '../engines/words.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { noise } from '../support/signals.ts';
import { captionOffsets, clockErrors, linesOf, saidUntil, spread } from './clocks/figures.ts';
import type { Said } from './clocks/figures.ts';
import { startCamera } from './clocks/camera.ts';
import type { Camera } from './clocks/camera.ts';
import type { Shown } from './clocks/scenery.ts';

/**
 * `npm run prove:clocks`: a camera by RTSP and an encoder by RTMP, whose pictures carry the time as a barcode and whose sound is recorded
 * speech on the same clock, taken in by the gateway with its real engines and seen in Chromium by `<viva-player>`, live and exported:
 * transcript errors, captions against the picture, and how long alerts take from what is spoken or shown to the toast.
 * `CLOCKS_SECONDS` of each source (110), `CLOCKS_SOURCES` (rtsp,rtmp,rtsp:b-frames,rtmp:b-frames), `CLOCKS_WORDS=1` prints what was seen.
 */

const SECONDS = Number(process.env['CLOCKS_SECONDS'] ?? 110);
const SOURCES = (process.env['CLOCKS_SOURCES'] ?? 'rtsp,rtmp,rtsp:b-frames,rtmp:b-frames').split(',');
const KEY = 'prove-clocks';
const GAP_MS = 1_200;
const SCREEN_MS = 6_000;
/** The exported video is played so much faster. */
const EXPORT_RATE = 1.5;
const EXPORT_S = Math.min(45, SECONDS / EXPORT_RATE);

/** Shown: a screen and what describes its coming. */
const SHOWN_EVENTS = {
  slack: 'User opened Slack application',
  mail: 'User opened Gmail',
  failure: 'Payment failed dialog appears',
  music: 'User opened Spotify',
} as const;
/** Spoken: by the fixtures' ids; words that only that sentence has. */
const SPOKEN_EVENTS: Readonly<Record<string, string>> = {
  'austen-0870': 'Somebody says "Dashwood"',
  'austen-0880': 'Somebody says "young man"',
  'austen-0890': 'Somebody says "selfish"',
  'austen-0920': 'Somebody says "respectable"',
  'austen-0930': 'Somebody says "amiable himself"',
};

interface Latency {
  readonly totalMs: number;
  readonly windowMs: number;
  readonly toldMs: number;
  readonly matchMs: number;
  readonly socketMs: number;
  readonly playerMs: number;
}

const folder = await mkdtemp(join(tmpdir(), 'prove-clocks-'));
const clips = await recordedSpeech();
const sound = laid(clips, GAP_MS, noise(3));
const vite = await createServer({
  configFile: false,
  root: join(import.meta.dirname, '../..'),
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false },
});
await vite.listen();
const origin = (vite.resolvedUrls?.local[0] ?? '').replace(/\/$/, '');
const read = readConfig(
  {
    MODELS_DIR: join(homedir(), '.cache', 'viva-voce'),
    ...process.env,
    ...{ GATEWAY_API_KEY: KEY, DATA_DIR: folder, ALLOWED_ORIGINS: origin, MAX_STREAMS: '4' },
  },
  0,
);
const config = { ...read, ratePerMinute: 100_000, streams: { ...read.streams, rtmpPort: 0 } };
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' }, pino.destination(2));
const engines = await createEngines(config, { log });
const gateway = await createGateway(config, engines, { log, site: false });
await gateway.ready;
const base = await gateway.listen(0, '127.0.0.1');
const streams = gateway.streams;
if (streams === null) throw new Error('this gateway takes in no streams');
const connection = connect({ baseUrl: base, token: KEY });
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--autoplay-policy=no-user-gesture-required'],
});
const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
page.on('pageerror', (error) => console.log('  page:', error.message));
await page.goto(`${origin}/test/prove/clocks/page.html`);
await page.waitForFunction(() => globalThis.clocksPage !== undefined, undefined, { timeout: 120_000 });

const alone = await aloneErrors();
console.log(
  `${String(SECONDS)} s of each source, load ${loadavg()[0]?.toFixed(1) ?? ''}; words wrong by the engine alone, on each clip: ${percent(alone)}`,
);
console.log('All times in ms, p50 / p95 (how many). Sentences begin and end where their energy does.\n');
try {
  for (const source of SOURCES) await prove(source);
} finally {
  await browser.close();
  await gateway.close();
  await vite.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function aloneErrors(): Promise<number> {
  const heard: [string, string][] = [];
  for (const { text, pcm, language } of clips) {
    const { text: found } = await engines.hear.transcribe(pcm, { language, signal: AbortSignal.timeout(60_000) });
    heard.push([text, found]);
  }
  return errorRate(heard);
}

async function prove(kind: string): Promise<void> {
  const collection = await connection.getCollection();
  const common = { name: kind, mediaTypes: ['audio', 'video'], enableTranscript: true } as const;
  let stream: RTStream;
  let camera: Camera;
  const [protocol, order] = kind.split(':');
  const startOf = (url: string | null): Promise<Camera> =>
    startCamera(url, order === 'b-frames', GAP_MS, SCREEN_MS, Object.keys(SHOWN_EVENTS));
  if (protocol === 'rtmp') {
    stream = await collection.connectRtstream({ ...common, ingestMode: 'push' });
    await stream.start();
    camera = await startOf(stream.facts.pushUrl);
  } else {
    camera = await startOf(null);
    // Who connects before an encoder publishes is turned away, and would try again later.
    await delay(1500);
    stream = await collection.connectRtstream({ ...common, url: camera.url });
    await stream.start();
  }
  const visual = await stream.indexVisuals({
    prompt: 'What is on the screen?',
    batchConfig: { type: 'time', value: 2, frameCount: 5 },
  });
  const audio = await stream.indexAudio({ prompt: 'What is said?', batchConfig: { type: 'sentence', value: 1 } });
  for (const [id, eventPrompt] of Object.entries(SHOWN_EVENTS))
    await visual.createAlert({ eventId: await connection.createEvent({ eventPrompt, label: `${kind} ${id}` }) });
  for (const [id, eventPrompt] of Object.entries(SPOKEN_EVENTS))
    await audio.createAlert({ eventId: await connection.createEvent({ eventPrompt, label: `${kind} ${id}` }) });

  const taken = streams?.media.find(stream.id);
  const ingest: number[] = [];
  const tap = taken?.sound().subscribe(({ atMs, pcm }) => ingest.push(Date.now() - atMs - pcm.length / 16));
  const liveUrl = streams?.deps.urls.live(base, stream.id) ?? '';
  await taken_(taken);
  await page.evaluate((attributes) => globalThis.clocksPage?.play(attributes), {
    src: liveUrl,
    'stream-id': stream.id,
    endpoint: base,
  });
  await page.waitForFunction(() => globalThis.clocksPage?.phase() === 'playing', undefined, { timeout: 60_000 });
  await delay(4000);
  const fromMs = Date.now();
  await delay(SECONDS * 1000);
  const behindMs = await page.evaluate(() => globalThis.clocksPage?.behindMs() ?? NaN);
  const untilMs = Date.now();
  // What was said and shown last is still on its way.
  await delay(8000);
  const live = await page.evaluate(() => globalThis.clocksPage?.seen());
  if (live === undefined) throw new Error('the page is gone');
  tap?.unsubscribe();
  const missed = await camera.stop();
  await stream.stop();

  const said = saidUntil(clips, sound, camera.beganMs, untilMs).filter(({ startMs }) => startMs > fromMs);
  const load = loadavg()[0] ?? 0;
  console.log(
    `${kind.toUpperCase()}  load ${load.toFixed(1)}${missed > 0 ? `, the camera itself missed ${String(missed)} pictures: what follows says little` : ''}`,
  );
  console.log(`  live: words wrong ${percent(await liveErrors(stream.id, said))}, ${String(said.length)} sentences`);
  tellCaptions(said, live.captions);
  console.log(
    `    player's clock − barcode     ${spread(clockErrors(live.pictures))}, pictures misread ${String(live.misread)}, behind the world ${behindMs.toFixed(0)}`,
  );
  console.log(`    sound taken in and decoded   ${spread(ingest)} after it was heard`);
  const { spoken, shown } = await latencies(stream.id, live.toasts, said, camera.shown, kind);
  tellAlerts('spoken → toast', spoken, said.length, 'from the end of the sentence');
  tellAlerts(
    'shown → toast',
    shown,
    camera.shown.filter(({ atMs }) => atMs > fromMs && atMs < untilMs).length,
    'from the first picture with it',
  );
  if (process.env['CLOCKS_WORDS'] === '1') {
    tellSeen(said, live.captions);
    await tellShown(stream.id, live.toasts, camera.shown, kind);
  }
  await proveExport(stream, said, page);
  console.log('');
}

/** Waits for the first picture. */
async function taken_(
  stream: { readonly health: { readonly value: { readonly state: string } } } | null | undefined,
): Promise<void> {
  for (let tries = 0; tries < 300 && stream?.health.value.state !== 'live'; tries++) await delay(100);
}

async function liveErrors(streamId: string, said: readonly Said[]): Promise<number> {
  const rows =
    (await streams?.database.selectFrom('lines').selectAll().where('stream_id', '=', streamId).orderBy('id').execute()) ?? [];
  const lines = rows.map(({ start_ms: startMs, end_ms: endMs, text }) => ({ startMs, endMs, text }));
  return errorRate(
    said.map((one) => [
      one.clip.text,
      linesOf(one, lines)
        .map(({ text }) => text)
        .join(' '),
    ]),
  );
}

function seenNow(from: Page) {
  return from.evaluate(() => globalThis.clocksPage?.seen());
}

type Seen = NonNullable<Awaited<ReturnType<typeof seenNow>>>;

function tellCaptions(said: readonly Said[], captions: Seen['captions']): void {
  const { first, whole, dated, missed } = captionOffsets(said, captions);
  console.log(`    caption's first words − voice begins, on the screen   ${spread(first)}, not seen ${String(missed)}`);
  console.log(`    whole caption − voice ends, on the screen             ${spread(whole)}`);
  console.log(
    `    caption's own time − voice begins                     ${spread(dated)}, within ±100: ${percent(dated.filter((ms) => Math.abs(ms) <= 100).length / Math.max(1, dated.length))}`,
  );
}

function tellSeen(said: readonly Said[], captions: Seen['captions']): void {
  for (const { clip, startMs } of said) {
    const own = captions.filter((one) => Math.abs(one.startMs - startMs) < 1500);
    console.log(
      `      ${clip.id}: ${own.map((one) => `${(one.takenMs ?? NaN) - startMs < 0 ? '' : '+'}${((one.takenMs ?? NaN) - startMs).toFixed(0)}${one.final ? '!' : ''}`).join(' ')} | dated ${own.map((one) => (one.startMs - startMs).toFixed(0)).join(' ')}`,
    );
  }
}

/** Of each screen that came: the windows that were looked at, what was made of them, and whether its alert was told and seen. */
async function tellShown(streamId: string, toasts: Seen['toasts'], screens: readonly Shown[], kind: string): Promise<void> {
  const database = streams?.database;
  const scenes =
    (await database
      ?.selectFrom('scenes')
      .innerJoin('indexes', 'indexes.id', 'scenes.index_id')
      .select(['scenes.start_ms', 'scenes.end_ms', 'scenes.text', 'scenes.metadata', 'scenes.created_at'])
      .where('scenes.stream_id', '=', streamId)
      .where('indexes.kind', '=', 'visual')
      .orderBy('scenes.id')
      .execute()) ?? [];
  const hits = (await database?.selectFrom('alert_hits').selectAll().where('stream_id', '=', streamId).execute()) ?? [];
  for (const { screen, atMs } of screens) {
    const within = (one: { start_ms: number; end_ms: number }): boolean => one.end_ms > atMs && one.start_ms < atMs + SCREEN_MS;
    const own = hits.filter((hit) => hit.label === `${kind} ${screen}` && within(hit));
    const told = own.map(
      (hit) =>
        `+${(hit.created_at.getTime() - atMs).toFixed(0)}${toasts.some(({ id }) => id === hit.id) ? ' seen' : ' not seen'}`,
    );
    console.log(`      ${screen}: ${told.length === 0 ? 'no alert' : told.join(', ')}`);
    if (told.length > 0) continue;
    for (const { start_ms, created_at, metadata, text } of scenes.filter(within))
      console.log(
        `        +${(start_ms - atMs).toFixed(0)} told +${(created_at.getTime() - atMs).toFixed(0)} ${JSON.stringify(metadata).slice(0, 160)} ${text.slice(0, 120)}`,
      );
  }
}

async function latencies(
  streamId: string,
  toasts: Seen['toasts'],
  said: readonly Said[],
  screens: readonly Shown[],
  kind: string,
) {
  const hits =
    (await streams?.database
      .selectFrom('alert_hits')
      .innerJoin('scenes', 'scenes.id', 'alert_hits.scene_id')
      .select(['alert_hits.id', 'alert_hits.label', 'alert_hits.start_ms', 'alert_hits.end_ms', 'alert_hits.created_at'])
      .select('scenes.created_at as scene_at')
      .where('alert_hits.stream_id', '=', streamId)
      .execute()) ?? [];
  const spoken: Latency[] = [];
  const shown: Latency[] = [];
  for (const toast of toasts) {
    const hit = hits.find(({ id }) => id === toast.id);
    if (hit === undefined) continue;
    const what = hit.label.slice(kind.length + 1);
    const sentence = said.findLast(({ clip, endMs }) => clip.id === what && Math.abs(endMs - hit.end_ms) < 3000);
    const screen = screens.findLast(
      ({ screen: id, atMs }) => id === what && atMs < hit.end_ms && atMs > hit.start_ms - SCREEN_MS,
    );
    const happenedMs = sentence?.endMs ?? screen?.atMs;
    if (happenedMs === undefined) continue;
    (sentence === undefined ? shown : spoken).push({
      totalMs: toast.atMs - happenedMs,
      windowMs: hit.end_ms - happenedMs,
      toldMs: hit.scene_at.getTime() - hit.end_ms,
      matchMs: hit.created_at.getTime() - hit.scene_at.getTime(),
      socketMs: toast.arrivedMs - hit.created_at.getTime(),
      playerMs: toast.atMs - toast.arrivedMs,
    });
  }
  return { spoken, shown };
}

function tellAlerts(name: string, all: readonly Latency[], happened: number, from: string): void {
  const part = (pick: (one: Latency) => number): string => spread(all.map(pick)).replace(/ \(.*/, '');
  console.log(`    ${name}: ${spread(all.map(({ totalMs }) => totalMs))} of ${String(happened)}, ${from}`);
  if (all.length === 0) return;
  console.log(
    `      window still open ${part(({ windowMs }) => windowMs)}, taken in and looked at or heard ${part(({ toldMs }) => toldMs)}, ` +
      `matched ${part(({ matchMs }) => matchMs)}, socket ${part(({ socketMs }) => socketMs)}, player ${part(({ playerMs }) => playerMs)}`,
  );
}

async function proveExport(stream: RTStream, said: readonly Said[], from: Page): Promise<void> {
  const { videoId, streamUrl } = await stream.export();
  const rows =
    (await streams?.database.selectFrom('video_lines').selectAll().where('video_id', '=', videoId).orderBy('id').execute()) ?? [];
  const video = await streams?.database.selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirstOrThrow();
  const startMs = video?.start_ms ?? 0;
  const lines = rows.map((row) => ({ startMs: startMs + row.start_ms, endMs: startMs + row.end_ms, text: row.text }));
  const errors = errorRate(
    said.map((one) => [
      one.clip.text,
      linesOf(one, lines)
        .map(({ text }) => text)
        .join(' '),
    ]),
  );
  await from.evaluate((attributes) => globalThis.clocksPage?.play(attributes), {
    src: streamUrl ?? '',
    'stream-id': videoId,
    endpoint: base,
  });
  await from.waitForFunction(() => globalThis.clocksPage?.phase() === 'playing', undefined, { timeout: 60_000 });
  await from.evaluate((rate) => globalThis.clocksPage?.rate(rate), EXPORT_RATE);
  await delay(EXPORT_S * 1000);
  const seen = await seenNow(from);
  if (seen === undefined) return;
  const first = seen.pictures[0]?.takenMs ?? Infinity;
  const last = seen.pictures.at(-1)?.takenMs ?? 0;
  // All that was said, not only while it was watched live.
  const watched = saidAgain(said).filter((one) => one.startMs > first + 500 && one.endMs < last - 500);
  console.log(`  export: words wrong ${percent(errors)}; ${EXPORT_S.toFixed(0)} s watched ${String(EXPORT_RATE)} times as fast`);
  tellCaptions(watched, seen.captions);
  console.log(`    player's clock − barcode     ${spread(clockErrors(seen.pictures))}, pictures misread ${String(seen.misread)}`);
  const alerts = await from.evaluate(() => globalThis.clocksPage?.alerts() ?? []);
  const markers: number[] = [];
  for (const alert of alerts.slice(0, 20)) {
    const picture = await from.evaluate((dateMs) => globalThis.clocksPage?.pictureAt(dateMs) ?? null, alert.startMs);
    if (picture !== null) markers.push(picture.takenMs - alert.startMs);
  }
  console.log(`    picture at an alert's marker − its time   ${spread(markers)} of ${String(alerts.length)} alerts`);
  const passing = seen.toasts.flatMap(({ takenMs, startMs: atMs }) => (takenMs === null ? [] : [takenMs - atMs]));
  console.log(`    picture when its toast comes − its time   ${spread(passing)}`);
  await from.evaluate(() => globalThis.clocksPage?.end());
}

/** Also what was said before anybody watched. */
function saidAgain(said: readonly Said[]): readonly Said[] {
  const [one] = said;
  if (one === undefined) return [];
  const roundMs = sound.pcm.length / 16;
  const edges = saidUntil(clips, sound, 0, roundMs + 1);
  const place = edges.find(({ clip }) => clip.id === one.clip.id);
  const began = one.startMs - (place?.startMs ?? 0);
  return saidUntil(clips, sound, began - 2 * roundMs, began + 20 * roundMs);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
