import { randomUUID } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import sharp from 'sharp';
import { readConfig } from '../../demo/server/config.ts';
import { sharedEmbedding } from '../../demo/server/engines/embed.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import type { Engines } from '../../demo/server/engines/engine.ts';
import { READ_LANGUAGES } from '../../demo/server/livestream/analysis/read-frames.ts';
import { STEPS, type Step } from '../../demo/server/livestream/analysis/job.ts';
import { TaskFiles } from '../../demo/server/livestream/analysis/task-files.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { errorRate } from '../engines/words.ts';
import { analysisBench } from '../support/analysis-bench.ts';
import { slideFilm, type SlideFilm } from '../support/slide-film.ts';
import { characterErrorRate, drawSlide, HARD_SLIDES, SLIDES, textOf, type Slide } from '../support/slides.ts';

/**
 * `npm run prove:livestream-report`: slides of known text in English and Chinese, read by the real engine as they are, compressed and as a
 * film with recorded speech; how long a whole analysis takes; two prompts, two reports; and an analysis whose process is killed at each step.
 */

const signal = new AbortController().signal;
const log = pino({ level: 'silent' });
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const pieces = (slide: Slide): string => textOf(slide).join('\n');

const PROMPTS = {
  prices: '# Prices\n\n# Dates\n\n# Competitors',
  battery: '1. 续航与充电\n2. 质保\n3. 时间线',
} as const;

async function realEngines(): Promise<Engines> {
  const engines = await createEngines(readConfig(process.env, 0), { log });
  await Promise.all([engines.hear.warm(), engines.activity.warm()]);
  return engines;
}

const ends = (engines: Engines): Promise<unknown> =>
  Promise.all([engines.hear, engines.speak, engines.see, engines.activity, engines.answer].map((engine) => engine.close()));

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-prove-report-'));
  const engines = await realEngines();
  try {
    await reading(engines);
    const film = await slideFilm(folder, 'film', SLIDES);
    await whole(engines, film, folder);
    await ends(engines);
    await killed(film, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    `\nload ${loadavg()[0]?.toFixed(1) ?? '?'} at the end; figures above 2 are of a machine that was busy with other things`,
  );
}

/** Pictures as they come out of the frames step: a JPEG of the film, a PNG of few colours. */
async function asFrame(slide: Slide, quality: number): Promise<Buffer> {
  const jpeg = await sharp(await drawSlide(slide))
    .jpeg({ quality })
    .toBuffer();
  return sharp(jpeg).png({ palette: true, colours: 128, dither: 0, effort: 1 }).toBuffer();
}

async function reading({ see }: Engines): Promise<void> {
  if (see.read === undefined) throw new Error('the seeing engine does not read');
  await see.read(await asFrame(SLIDES[0]!, 90), { languages: READ_LANGUAGES, signal });
  console.log('reading, character errors (white space not counted)      en        zh        mixed     ms a frame, mean / max');
  for (const [name, slides, quality] of [
    ['clean slides', SLIDES, 90],
    ['clean slides, poor compression', SLIDES, 35],
    ['hard slides (small, columns, over pictures)', HARD_SLIDES, 75],
  ] as const) {
    const errors: Record<string, number[]> = { en: [], zh: [], mixed: [] };
    const times: number[] = [];
    for (const slide of slides) {
      const frame = await asFrame(slide, quality);
      const begun = performance.now();
      const lines = await see.read(frame, { languages: READ_LANGUAGES, signal });
      times.push(performance.now() - begun);
      errors[slide.language]?.push(characterErrorRate(pieces(slide), lines.map(({ line }) => line).join('\n')));
    }
    const cell = (of: string): string => (errors[of]?.length === 0 ? '–' : percent(mean(errors[of] ?? []))).padEnd(10);
    console.log(
      `${name.padEnd(56)} ${cell('en')}${cell('zh')}${cell('mixed')}${mean(times).toFixed(0)} / ${Math.max(...times).toFixed(0)}`,
    );
  }
}

async function whole(engines: Engines, film: SlideFilm, folder: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: null, dataDir: null });
  const embedder = sharedEmbedding(() => undefined);
  const parts = () => [{ file: film.path, startMs: 0, endMs: film.seconds * 1000 }];
  const bench = analysisBench({ database, engines, embedder, dataDir: folder, program: ffmpeg, parts });
  const id = randomUUID();
  await bench.create(id, PROMPTS.prices);
  const begun = performance.now();
  await bench.process(id);
  const steps = await timesOf(bench, id);
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `\na film of ${String(film.seconds)} s: ${seconds.toFixed(1)} s, ${(film.seconds / seconds).toFixed(2)} times as fast as it plays`,
  );
  console.log(STEPS.map((step) => `${step} ${((steps[step] ?? 0) / 1000).toFixed(1)} s`).join(', '));
  const manuscript = await bench.analysis.manuscript(id);
  const errors: Record<string, number[]> = { en: [], zh: [], mixed: [] };
  for (const { slide, startS, endS } of film.slides) {
    const frame = manuscript?.data.find(({ at_ms = -1 }) => at_ms >= startS * 1000 - 40 && at_ms < endS * 1000);
    errors[slide.language]?.push(characterErrorRate(pieces(slide), frame?.content ?? ''));
  }
  const told = Object.entries(errors).map(([language, values]) => `${language} ${percent(mean(values))}`);
  console.log(
    `frames ${String(manuscript?.total_frames ?? 0)} of ${String(film.slides.length)} slides; character errors in the manuscript: ${told.join(', ')}`,
  );
  const report = async (): Promise<string> => (await bench.tasks.read(id))?.summary_report ?? '';
  const first = await report();
  console.log(`log:\n${await bench.taskLog.read(id)}`);

  await bench.tasks.set(id, { prompt_content: PROMPTS.battery });
  const again = performance.now();
  await bench.process(id);
  await timesOf(bench, id);
  const second = await report();
  const quotes = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('- ['));
  const shared = quotes(first).filter((line) => quotes(second).includes(line)).length;
  console.log(
    `\nanalysed again by another prompt in ${((performance.now() - again) / 1000).toFixed(2)} s: ${String(quotes(first).length)} and ${String(quotes(second).length)} quotes, ${String(shared)} in both`,
  );
  console.log(`\n${first}\n${second}`);
  const lines = (await new TaskFiles(folder, id).transcript())?.data ?? [];
  const heard = lines.filter(({ start_ms }) => start_ms < film.spokenToS * 1000).map(({ text }) => text);
  console.log(
    `speech: ${percent(errorRate([[film.spoken.join(' '), heard.join(' ')]]))} word errors of ${String(film.spoken.length)} sentences`,
  );
  await bench.analysis.close();
  await embedder.close();
  await database.destroy();
}

/** ms that each step took, once it is completed. */
async function timesOf(bench: ReturnType<typeof analysisBench>, id: string): Promise<Partial<Record<Step, number>>> {
  const times: Partial<Record<Step, number>> = {};
  for (let last = performance.now(); ;) {
    const [status, job] = [await bench.status(id), await bench.job(id)];
    const now = performance.now();
    if (job !== undefined) times[job.step] = (times[job.step] ?? 0) + now - last;
    last = now;
    if (status === 'failed') throw new Error((await bench.tasks.read(id))?.failure ?? 'failed');
    if (status === 'completed') return times;
    await delay(50);
  }
}

/** A process of its own is killed in each step of one analysis, which the next goes on with. */
async function killed(film: SlideFilm, folder: string): Promise<void> {
  console.log('\nkilled (SIGKILL) in each step, over one database on the disk');
  const id = randomUUID();
  const dataDir = join(folder, 'killed');
  for (const step of STEPS) {
    const child = start([dataDir, id, film.path, String(film.seconds)]);
    await told(child, (message) => message === step);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    console.log(`  killed at ${step}`);
  }
  const child = start([dataDir, id, film.path, String(film.seconds)]);
  await told(child, (message) => message === 'over');
  await new Promise((resolve) => child.once('exit', resolve));
  const database = await openDatabase({ databaseUrl: null, dataDir });
  const notices = await database.selectFrom('livestream_notices').select(['id', 'type', 'data']).orderBy('id').execute();
  const lines = await database.selectFrom('livestream_logs').select('message').where('task_id', '=', id).orderBy('id').execute();
  const task = await database.selectFrom('livestream_tasks').selectAll().where('id', '=', id).executeTakeFirst();
  const times = (pattern: RegExp): number => lines.filter(({ message }) => pattern.test(message)).length;
  console.log(`  then: ${task?.status ?? '?'}, a report of ${String(task?.summary_report?.length ?? 0)} characters`);
  console.log(
    `  announced: ${notices.map(({ type, data }) => (typeof data['status'] === 'string' ? data['status'] : type)).join(', ')}`,
  );
  console.log(
    `  finished once each: joined ${String(times(/is 00:.* long/))}, frames kept ${String(times(/frames kept/))}, read ${String(times(/of text on/))}, heard ${String(times(/sentences? heard/))}, reports ${String(times(/report is written/))}`,
  );
  await database.destroy();
}

const start = (args: readonly string[]): ChildProcess =>
  fork(import.meta.filename, ['child', ...args], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

const told = (child: ChildProcess, is: (message: unknown) => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (is(message)) resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`the child ended with ${String(code)}`));
    });
  });

/** The child: goes on with the task, or begins it, and tells each step that it is in. */
async function work(): Promise<void> {
  const [, , , dataDir = '', id = '', file = '', seconds = '0'] = process.argv;
  const database = await openDatabase({ databaseUrl: null, dataDir });
  const engines = await realEngines();
  const parts = () => [{ file, startMs: 0, endMs: Number(seconds) * 1000 }];
  const bench = analysisBench({ database, engines, dataDir, program: ffmpeg, parts });
  if ((await bench.tasks.read(id)) === null) {
    await bench.create(id, PROMPTS.prices);
    await bench.process(id);
  } else await bench.analysis.resume();
  let before = '';
  while ((await bench.status(id)) === 'processing') {
    const step = bench.passing.findLast(({ type }) => type === 'task_progress')?.data['step'];
    if (typeof step === 'string' && step !== before) {
      before = step;
      process.send?.(step);
    }
    await delay(5);
  }
  process.send?.('over');
  await bench.analysis.close();
  await database.destroy();
  await ends(engines);
  process.disconnect();
}

if (process.argv[2] === 'child') await work();
else await main();
