import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { LiveMedia } from '../../demo/server/media/create-media.ts';
import { ensureFfmpeg } from '../../demo/server/media/ffmpeg/ensure.ts';
import type { Ffmpeg } from '../../demo/server/media/ffmpeg/ensure.ts';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import type { MediaHealth, MediaStream } from '../../demo/server/media/media-stream.ts';
import { RecordingLibrary } from '../../demo/server/media/recording/library.ts';
import { film, runFfmpeg } from '../support/media-samples.ts';
import { startRtmpPublisher, startRtspSource } from '../support/media-sources.ts';
import type { LiveSource } from '../support/media-sources.ts';

/**
 * `npm run prove:recording [times] [kills|drops|disk|cost …]`: the recorder killed, its source dropped, its disk full, and what that lost; then what a copied and a
 * transcoded stream cost.
 */

const TIMES = Number(process.argv[2] ?? 20);
const ASKED = process.argv.slice(3);
const isAsked = (what: string): boolean => ASKED.length === 0 || ASKED.includes(what);
const WAIT_MS = 60_000;
const BOTH = ['audio', 'video'] as const;
const log = pino({ level: 'silent' });

const config = (dataDir: string) => ({
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: 0, webhookSecret: null, recordingBytes: 1e10, maxStreams: 20 },
});
const until = (stream: MediaStream, right: (health: MediaHealth) => boolean): Promise<MediaHealth> =>
  firstValueFrom(stream.health.pipe(filter(right), timeout(WAIT_MS)));
const quantile = (values: readonly number[], part: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(0);
};
const told = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5)}, p95 ${quantile(values, 0.95)}, max ${quantile(values, 1)}`;

/** Every listed segment is there, has its size, and can be read with its initialisation segment. */
async function readable(folder: string, id: string): Promise<{ segments: number; bad: number }> {
  const recording = (await RecordingLibrary.open({ folder: join(folder, 'recordings'), budget: 1e12 })).recording(id);
  const segments = recording.window(0, Infinity);
  let bad = 0;
  for (const { file, init, bytes } of segments) {
    try {
      const splitter = new Fmp4Splitter();
      splitter.push(await readFile(join(recording.folder, init)));
      const found = splitter.push(await readFile(join(recording.folder, file)));
      if (found.length === 0 || splitter.buffered > 0 || (await stat(join(recording.folder, file))).size !== bytes) bad++;
    } catch (error) {
      console.log(`  ${file}: ${String(error)}`);
      bad++;
    }
  }
  return { segments: segments.length, bad };
}

async function killed(folder: string): Promise<void> {
  const camera = await startRtspSource({ film: (await film({ seconds: 40 })).path });
  const kept: string[] = [];
  const open: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const child = fork(join(import.meta.dirname, '../support/media-recorder-child.ts'), [folder, camera.url], {
      ...{ execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    });
    if (child.stdout === null) throw new Error('no output');
    const ended = once(child, 'exit');
    let news = 0;
    const lines = createInterface({ input: child.stdout });
    // Somewhere in the second segment, or the third.
    const enough = new Promise<void>((resolve) =>
      lines.on('line', (file) => {
        if (!kept.includes(file)) {
          kept.push(file);
          news++;
        }
        if (news > 0) resolve();
      }),
    );
    await enough;
    await sleep(Math.random() * 4000);
    child.kill('SIGKILL');
    const atMs = Date.now();
    await ended;
    const recording = (await RecordingLibrary.open({ folder: join(folder, 'recordings'), budget: 1e12 })).recording('rts-killed');
    open.push(atMs - recording.lastEndMs);
  }
  await camera.stop();
  const { segments, bad } = await readable(folder, 'rts-killed');
  const files = new Set(await readdir(join(folder, 'recordings', 'rts-killed')));
  console.log(`\nRecorder killed (SIGKILL) ${String(TIMES)} times in the middle of a segment of 2 s`);
  console.log(
    `  segments that had been finished: ${String(kept.length)}, of these lost: ${String(kept.filter((file) => !files.has(file)).length)}`,
  );
  console.log(
    `  segments listed: ${String(segments)}, unreadable: ${String(bad)}, left over: ${String([...files].filter((file) => file.endsWith('.tmp')).length)}`,
  );
  console.log(`  lost of what was growing, ms: ${told(open)}`);
}

async function dropped(media: LiveMedia, name: string, source: (url: string) => Promise<LiveSource> | LiveSource): Promise<void> {
  const id = `rts-${name.toLowerCase()}`;
  const key = `key-${name}`;
  const push = name === 'RTMP';
  const encoder = push ? null : await source('');
  const stream = media.stream(id, push ? { kind: 'push', key } : { kind: 'url', url: encoder?.url ?? '' }, {
    tracks: BOTH,
    store: true,
  });
  stream.start();
  const sending = encoder ?? (await source(media.pushUrl(key) ?? ''));
  const [noticed, back, lost]: [number[], number[], number[]] = [[], [], []];
  await until(stream, ({ state }) => state === 'live');
  for (let time = 0; time < TIMES / 2; time++) {
    await sleep(2500 + Math.random() * 1500);
    const droppedMs = Date.now();
    await sending.drop();
    await until(stream, ({ state }) => state !== 'live');
    noticed.push(Date.now() - droppedMs);
    await sleep(500);
    lost.push(Math.max(0, droppedMs - (stream.recording.ranges().at(-1)?.endMs ?? 0)));
    const resumedMs = Date.now();
    sending.resume();
    await until(stream, ({ state }) => state === 'live');
    back.push(Date.now() - resumedMs);
  }
  await sleep(2500);
  const health = stream.health.value;
  await stream.stop();
  await sending.stop();
  const epochs = new Set(stream.recording.window(0, Infinity).map(({ epoch }) => epoch)).size;
  console.log(`\nSource dropped ${String(TIMES / 2)} times, ${name}`);
  console.log(`  noticed after, ms: ${told(noticed)}; live again after it was back, ms: ${told(back)}`);
  console.log(`  lost of what had been sent before, ms: ${told(lost)}`);
  console.log(`  discontinuities told: ${String(health.discontinuities)}, epochs recorded: ${String(epochs)}`);
}

async function diskFull(folder: string, ffmpeg: Ffmpeg): Promise<void> {
  const small = join(folder, 'small');
  await mkdir(small);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', small]).status === 0;
  console.log(`\nDisk full (${mounted ? 'a file system of 600 kB' : 'not measured: it cannot be mounted here'})`);
  if (!mounted) return;
  try {
    // It is not asked how much is free: the write itself fails.
    const space = (): Promise<{ free: number; total: number }> => Promise.resolve({ free: 2e12, total: 2e12 });
    const media = await createMedia({ config: config(small), ffmpeg, log, space });
    const camera = await startRtspSource({ film: (await film({ seconds: 40 })).path });
    const stream = media.stream('rts-full', { kind: 'url', url: camera.url }, { tracks: BOTH, store: true });
    stream.start();
    await until(stream, (health) => health.diskFull);
    const before = await readable(small, 'rts-full');
    await sleep(5000);
    const live = media.live('rts-full')?.snapshot();
    console.log(`  said so: yes; live goes on: ${stream.health.value.state}, ${String(live?.segments.length)} segments to play`);
    console.log(`  segments on the disk: ${String(before.segments)}, unreadable: ${String(before.bad)}`);
    spawnSync('mount', ['-o', 'remount,size=20m', small]);
    const beganMs = performance.now();
    await until(stream, (health) => !health.diskFull);
    console.log(`  room again: recording after ${((performance.now() - beganMs) / 1000).toFixed(1)} s`);
    await stream.stop();
    const after = await readable(small, 'rts-full');
    console.log(`  segments on the disk at the end: ${String(after.segments)}, unreadable: ${String(after.bad)}`);
    await media.close();
    await camera.stop();
  } finally {
    spawnSync('umount', ['-l', small]);
  }
}

/** s of processor time of this process's children. */
async function childrenS(): Promise<number> {
  let ticks = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[1]) === process.pid) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / 100;
}

async function cost(media: LiveMedia, folder: string): Promise<void> {
  console.log('\nProcessor, 1280 × 720 at 30 pictures a second, 3 Mbit/s, of one core over 10 s');
  const seconds = 20;
  const picture = [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=1280x720:rate=30,noise=alls=12:allf=t`,
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=440:sample_rate=48000',
  ];
  const rate = ['-b:v', '3M', '-maxrate', '3M', '-bufsize', '3M', '-g', '60', '-t', String(seconds)];
  const [h264, vp8] = [join(folder, 'cost.mp4'), join(folder, 'cost.webm')];
  await runFfmpeg([
    '-v',
    'error',
    '-y',
    ...picture,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    ...rate,
    '-c:a',
    'aac',
    h264,
  ]);
  await runFfmpeg([
    '-v',
    'error',
    '-y',
    '-i',
    h264,
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    ...rate,
    '-c:a',
    'libopus',
    vp8,
  ]);
  for (const [what, url, tapped] of [
    ['copied', h264, false],
    ['copied, sound and a picture a second decoded', h264, true],
    ['VP8 and Opus, encoded anew', vp8, false],
  ] as const) {
    const stream = media.stream(`rts-cost-${what.length}`, { kind: 'url', url }, { tracks: BOTH, store: true });
    stream.start();
    const taps = tapped ? [stream.sound().subscribe(), stream.frames({ everyMs: 1000 }).subscribe()] : [];
    await until(stream, ({ state }) => state === 'live');
    await sleep(4000);
    const [own, children, wall] = [process.cpuUsage(), await childrenS(), performance.now()];
    await sleep(10_000);
    const wallS = (performance.now() - wall) / 1000;
    const { user, system } = process.cpuUsage(own);
    const percent = (s: number): string => `${((s / wallS) * 100).toFixed(2)} %`;
    console.log(`  ${what}: ffmpeg ${percent((await childrenS()) - children)}, gateway ${percent((user + system) / 1e6)}`);
    for (const tap of taps) tap.unsubscribe();
    await stream.stop();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'viva-prove-recording-'));
try {
  const ffmpeg = await ensureFfmpeg({ modelsDir: join(folder, 'models'), log: (line) => console.log(line) });
  if (isAsked('kills')) await killed(folder);
  const media = await createMedia({ config: config(join(folder, 'drops')), ffmpeg, log });
  const path = (await film({ seconds: 40 })).path;
  if (isAsked('drops')) {
    await dropped(media, 'RTSP', () => startRtspSource({ film: path }));
    await dropped(media, 'RTMP', (url) => startRtmpPublisher(url, { film: path }));
  }
  if (isAsked('disk')) await diskFull(folder, ffmpeg);
  if (isAsked('cost')) await cost(media, folder);
  await media.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
