import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { embeddedRecorder } from '../../demo/server/livestream/recorder/embedded.ts';
import type { RecorderEvent } from '../../demo/server/livestream/recorder/recorder.ts';
import { createMedia } from '../../demo/server/media/create-media.ts';
import { ensureFfmpeg } from '../../demo/server/media/ffmpeg/ensure.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';
import { startRtmpPublisher, startRtspSource } from '../support/media-sources.ts';
import { startRtmpRelay } from '../support/rtmp-relay.ts';
import { serveLive } from '../support/served-live.ts';

/** Every kind of source, watched before it is on the air, recorded, away for a moment, back, and over: what became of each, in a table. */

const QUIET_S = 10;
const ON_AIR_S = 15;
const AWAY_S = 4;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

interface Source {
  readonly kind: string;
  readonly url: string;
  begin(): void | Promise<void>;
  drop(): void | Promise<void>;
  back(): void | Promise<void>;
  end(): void | Promise<void>;
  close(): Promise<void>;
}

async function hls(path: string): Promise<Source> {
  const live = await serveLive({ path, loop: true });
  return { kind: 'HLS, with its end', ...live, url: live.url, back: () => live.back(), close: () => live.close() };
}

async function rtmp(path: string): Promise<Source> {
  const relay = await startRtmpRelay();
  let encoder: ReturnType<typeof startRtmpPublisher> | null = null;
  const drop = async (): Promise<void> => encoder?.stop();
  const begin = (): void => void (encoder = startRtmpPublisher(relay.url, { film: path }));
  return { ...{ kind: 'RTMP', url: relay.url, begin, drop, end: drop, back: begin }, close: () => relay.close() };
}

async function rtsp(path: string): Promise<Source> {
  const camera = await startRtspSource({ film: path });
  const drop = (): Promise<void> => camera.drop();
  await drop();
  const begin = (): void => camera.resume();
  return { ...{ kind: 'RTSP', url: camera.url, begin, drop, end: drop, back: begin }, close: () => camera.stop() };
}

/** FLV that goes on as long as the connection, as sites send it. */
async function flv(path: string): Promise<Source> {
  let on = false;
  const server = createServer((_request, response) => {
    if (!on) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', 'video/x-flv');
    const args = ['-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', path, '-c', 'copy', '-f', 'flv', 'pipe:1'];
    const encoder = spawn(ffmpegPath(), args, { stdio: ['ignore', 'pipe', 'ignore'] });
    encoder.stdout.pipe(response);
    response.once('close', () => encoder.kill('SIGKILL'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = (): void => {
    on = false;
    server.closeAllConnections();
  };
  const begin = (): void => void (on = true);
  const close = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/room.flv`;
  return { ...{ kind: 'FLV over HTTP', url, begin, drop, end: drop, back: begin }, close };
}

const dataDir = await mkdtemp(join(tmpdir(), 'viva-prove-record-'));
const { path } = await film({ seconds: 12 });
const config = {
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: null, webhookSecret: null, recordingBytes: 1e10, maxStreams: 16 },
  livestream: { port: null, bililiveUrl: null, ownTasksOnly: false, tokenSeconds: 60, quietSeconds: QUIET_S },
};
const log = pino({ level: 'silent' });
const ffmpeg = await ensureFfmpeg({ modelsDir: dataDir, log: say });
const media = await createMedia({ config, ffmpeg, log });
const database = await openDatabase({ databaseUrl: null, dataDir: null });
const recorder = embeddedRecorder({ media, database, urls: createMediaUrls('a key'), config, log });

async function measured(source: Source): Promise<string> {
  const id = randomUUID();
  await database
    .insertInto('livestream_tasks')
    .values({
      ...{ id, url: source.url, livestream_name: 'n', start_time: new Date(), status: 'listening', bililive_live_id: 'x' },
      ...{ host_name: 'h', prompt_content: '', owner: 'o', wanted: true, updated_at: new Date() },
    })
    .execute();
  const seen = new Map<string, number>();
  const over = new Promise<void>((resolve) => {
    recorder.events$.subscribe((event: RecorderEvent) => {
      if (event.taskId !== id) return;
      seen.set(event.type, performance.now());
      if (event.type === 'note' && event.message.includes('is back')) seen.set('back', performance.now());
      if (event.type === 'ended') resolve();
    });
  });
  await recorder.listen({ id, url: source.url, name: 'n' });
  await wait(3);
  const onAirAt = performance.now();
  await source.begin();
  await wait(ON_AIR_S);
  await source.drop();
  await wait(AWAY_S);
  const backAt = performance.now();
  await source.back();
  await wait(ON_AIR_S);
  const endAt = performance.now();
  await source.end();
  await over;
  const parts = await recorder.parts(id);
  const seconds = parts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000;
  await source.close();
  const after = (what: string, since: number): string => {
    const at = seen.get(what);
    return at === undefined ? 'never' : `${((at - since) / 1000).toFixed(1)} s`;
  };
  return `| ${source.kind} | ${after('recording', onAirAt)} | ${after('back', backAt)} | ${String(parts.length)} | ${seconds.toFixed(1)} s of ${String(2 * ON_AIR_S)} s | ${after('ended', endAt)} |`;
}

say(
  `On the air for ${String(ON_AIR_S)} s, away for ${String(AWAY_S)} s, on the air for ${String(ON_AIR_S)} s; over after ${String(QUIET_S)} s away.`,
);
say('| source | recording after | back after | parts | recorded | end told after |\n|---|---|---|---|---|---|');
const sources = await Promise.all([hls(path), rtmp(path), rtsp(path), flv(path)]);
for (const row of await Promise.all(sources.map(measured))) say(row);
await recorder.close();
await media.close();
await database.destroy();
await rm(dataDir, { recursive: true, force: true });
process.exit(0);
