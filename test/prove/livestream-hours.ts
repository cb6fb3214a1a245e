import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import type { Engines } from '../../demo/server/engines/engine.ts';
import type { Step } from '../../demo/server/livestream/analysis/job.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { analysisBench } from '../support/analysis-bench.ts';
import { fakeEngines } from '../support/fake-engines.ts';
import { h264, runFfmpeg } from '../support/media-samples.ts';

/**
 * `npm run prove:livestream-hours`: a recording of HOURS (2) hours in two parts, a slide every 20 s and tones for speech, through the whole
 * analysis with ffmpeg and database as they are; what reads and hears is played, so that the figures are of the pipeline: seconds of each step,
 * the most memory of this process beside that at the beginning, bytes on the disk. Real engines are in `prove:livestream-report`.
 */

const HOURS = Number(process.env['HOURS'] ?? 2);
const SLIDE_S = 20;
const SLIDES = Math.round((HOURS * 3600) / SLIDE_S / 2);
const PART_S = SLIDES * SLIDE_S;
const FPS = 5;
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** A page of bars whose pattern is its number. */
const slide = (number: number): Promise<Buffer> => {
  const bars = Array.from({ length: 12 }, (_, bit) =>
    ((number * 2654435761) >>> (bit + 8)) & 1
      ? `<rect x="${20 + bit * 50}" y="${60 + (bit % 3) * 60}" width="40" height="120" fill="#123"/>`
      : '',
  );
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#fff"/>${bars.join('')}</svg>`;
  return sharp(Buffer.from(page)).png().toBuffer();
};

async function film(folder: string, part: number): Promise<string> {
  const list: string[] = [];
  for (let at = 0; at < SLIDES; at++) {
    const name = `${String(part)}-${String(at)}.png`;
    await writeFile(join(folder, name), await slide(part * SLIDES + at));
    list.push(`file '${name}'`, `duration ${String(SLIDE_S)}`);
  }
  const words = join(folder, `${String(part)}.txt`);
  await writeFile(words, `ffconcat version 1.0\n${list.join('\n')}\n`);
  const path = join(folder, `${String(part)}.mp4`);
  // A tone of 3 s every 5 s is a sentence to those who hear here.
  const sound = `aevalsrc='0.3*sin(2*PI*400*t)*lt(mod(t,5),3)':s=16000:d=${String(PART_S)}`;
  await runFfmpeg([
    ...['-hide_banner', '-loglevel', 'error', '-y', '-f', 'concat', '-i', words, '-f', 'lavfi', '-i', sound],
    ...['-vf', `fps=${String(FPS)}`, ...h264(), '-preset', 'ultrafast', '-g', String(FPS * 10)],
    ...['-c:a', 'aac', '-b:a', '32k', '-t', String(PART_S), path],
  ]);
  return path;
}

function played(counts: { read: number; heard: number }): Engines {
  const engines = fakeEngines({ script: ['the price is on this page.', 'the price is on this page.'], hearMs: 0 });
  return {
    ...engines,
    hear: {
      ...engines.hear,
      transcribe: () => Promise.resolve({ text: `Sentence ${String(++counts.heard)} of the broadcast.`, language: 'en' }),
    },
    see: {
      ...engines.see,
      read: () =>
        Promise.resolve([
          { line: `Slide ${String(++counts.read)}: the price is ${String(counts.read)} dollars`, confidence: 0.9 },
        ]),
    },
  };
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

const folder = await mkdtemp(join(tmpdir(), 'viva-prove-hours-'));
try {
  const films = join(folder, 'films');
  await mkdir(films);
  const making = performance.now();
  const files = [await film(films, 0), await film(films, 1)];
  console.log(
    `two films of ${String(PART_S / 60)} min made in ${((performance.now() - making) / 1000).toFixed(0)} s, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  const database = await openDatabase({ databaseUrl: null, dataDir: null });
  const counts = { read: 0, heard: 0 };
  const parts = files.map((file, at) => ({ file, startMs: at * PART_S * 1000, endMs: (at + 1) * PART_S * 1000 }));
  const bench = analysisBench({ database, engines: played(counts), dataDir: folder, program: ffmpeg, parts: () => parts });
  const id = randomUUID();
  await bench.create(id, '# Prices\n\n# Dates');
  const before = process.memoryUsage();
  const most = { rss: 0, heap: 0 };
  const times: Partial<Record<Step, number>> = {};
  const begun = performance.now();
  await bench.process(id);
  for (let last = performance.now(); ;) {
    const [status, job] = [await bench.status(id), await bench.job(id)];
    const now = performance.now();
    if (job !== undefined) times[job.step] = (times[job.step] ?? 0) + now - last;
    last = now;
    const { rss, heapUsed } = process.memoryUsage();
    most.rss = Math.max(most.rss, rss);
    most.heap = Math.max(most.heap, heapUsed);
    if (status === 'failed') throw new Error((await bench.tasks.read(id))?.failure ?? 'failed');
    if (status === 'completed') break;
    await delay(200);
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `analysed in ${seconds.toFixed(0)} s: ${((2 * PART_S) / seconds).toFixed(0)} times as fast as it plays, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  for (const [step, ms] of Object.entries(times)) console.log(`  ${step.padEnd(10)} ${(ms / 1000).toFixed(1).padStart(7)} s`);
  console.log(
    `memory of the process: ${mebibytes(before.rss)} before, ${mebibytes(most.rss)} at most; heap ${mebibytes(before.heapUsed)} → ${mebibytes(most.heap)}`,
  );
  const manuscript = await bench.analysis.manuscript(id);
  console.log(
    `${String(manuscript?.total_frames ?? 0)} frames of ${String(2 * SLIDES)} slides, ${String(counts.heard)} stretches heard`,
  );
  console.log(`kept on the disk beside the recording: ${mebibytes((await bytesOf(folder)) - (await bytesOf(films)))}`);
  await bench.analysis.close();
  await database.destroy();
} finally {
  await rm(folder, { recursive: true, force: true });
}
