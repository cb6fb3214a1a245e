import { randomUUID } from 'node:crypto';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineFailedError, type Answering, type Engines } from '../../demo/server/engines/engine.ts';
import type { PartMedia } from '../../demo/server/livestream/analysis/part-media.ts';
import type { RecordedPart } from '../../demo/server/livestream/recorder/recorder.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { analysisBench, type BenchWish } from '../support/analysis-bench.ts';
import { fakeEngines } from '../support/fake-engines.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const PARTS: readonly RecordedPart[] = [
  { file: '/recorded/1.mp4', startMs: 0, endMs: 3000 },
  { file: '/recorded/2.mp4', startMs: 60_000, endMs: 63_000 },
];
const TEXTS = [
  'Aurora prices\nIt starts at $29,900',
  'Battery\nThe pack holds 77 kWh',
  'Warranty\nIt lasts 8 years',
  'Thank you',
];

let database: Database;
let folder: string;
let pictures: readonly Uint8Array[];
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: process.env['TEST_DATABASE_URL'] ?? null, dataDir: null });
  folder = await mkdtemp(join(tmpdir(), 'viva-analysis-'));
  pictures = await Promise.all(TEXTS.map((_, index) => picture(index)));
}, 60_000);
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Differs from the others in where it is dark. */
const picture = async (index: number): Promise<Uint8Array> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="#fff"/><rect x="${String(70 * index)}" y="20" width="90" height="130" fill="#123"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
};

/** What was asked of the outside, and where it hangs or fails. */
class World {
  readonly calls = { measure: 0, frames: 0, read: 0, sound: 0, model: 0 };
  hangs: keyof World['calls'] | null = null;
  fails: { readonly at: keyof World['calls']; times: number; readonly cause: Error } | null = null;
  parts: readonly RecordedPart[] = PARTS;

  async at(place: keyof World['calls']): Promise<void> {
    this.calls[place]++;
    if (this.hangs === place) await new Promise(() => undefined);
    if (this.fails?.at === place && this.fails.times-- > 0) throw this.fails.cause;
  }

  media: PartMedia = {
    measure: async () => {
      await this.at('measure');
      return 3000;
    },
    framesOf: (file) => this.#frames(file.endsWith('1.mp4') ? 0 : 2),
    soundOf: () => this.#sound(),
  };

  async *#frames(first: number) {
    await this.at('frames');
    for (let atMs = 0; atMs < 3000; atMs += 500)
      yield { atMs, jpeg: pictures[first + Math.floor(atMs / 1500)]!, width: 320, height: 180 };
  }

  async *#sound() {
    await this.at('sound');
    yield { atMs: 0, pcm: new Int16Array(16_000), cut: true };
  }

  engines: Engines = (() => {
    const engines = fakeEngines();
    return {
      ...engines,
      see: {
        ...engines.see,
        read: async () => {
          await this.at('read');
          const content = TEXTS[(this.calls.read - 1) % TEXTS.length] ?? '';
          return content.split('\n').map((line) => ({ line, confidence: 0.9 }));
        },
      },
    };
  })();

  model: Answering = {
    ...fakeEngines().answer,
    name: 'writer (model)',
    answer: (request) => this.#answer(request.instructions),
  };

  async *#answer(instructions: string) {
    await this.at('model');
    yield { type: 'text' as const, text: `Report by: ${instructions.slice(-12)}` };
  }

  bench(more: Partial<BenchWish> = {}) {
    const { media, engines } = this;
    return analysisBench({ database, engines, media, dataDir: folder, parts: () => this.parts, wait: () => 5, ...more });
  }
}

let world: World;
beforeEach(() => (world = new World()));

const completed = (bench: ReturnType<World['bench']>, id: string): Promise<void> =>
  vi.waitFor(async () => expect(await bench.status(id)).toBe('completed'), WAIT);

describe('an analysis', () => {
  it('joins, takes frames, reads, hears and reports; progress and log are told in the task’s room', async () => {
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id, '# Prices\n\n# Competitors');
    await bench.process(id);
    await completed(bench, id);
    const manuscript = await bench.analysis.manuscript(id);
    expect(manuscript).toEqual({
      title: 'Autumn launch',
      total_frames: 4,
      data: TEXTS.map((content, index) => ({
        ...{ frame_number: index + 1, filename: `frame_0000${String(index + 1)}.png`, content },
        at_ms: 1500 * index,
      })),
    });
    const png = await bench.analysis.frame(id, 'frame_00002.png');
    expect(await sharp(await readFile(png ?? '')).metadata()).toMatchObject({ format: 'png', width: 320 });
    const report = (await bench.tasks.read(id))?.summary_report ?? '';
    expect(report).toContain('without a language model');
    expect(report).toContain('## Prices\n\n- [00:00:00] It starts at $29,900 *(on screen: Aurora prices)*');
    expect(report).toContain('## Competitors\n\nNot found in the recording.');
    expect(await bench.announced(id)).toEqual(['processing', 'completed']);
    expect(await bench.job(id)).toMatchObject({ status: 'done', step: 'summarise', progress: 100 });
    expect(await bench.taskLog.read(id)).toContain(' - INFO - 4 frames kept of 12; 8 showed nothing new\n');
    const told = bench.passing.filter(({ type }) => type === 'task_progress');
    expect(new Set(told.map(({ data }) => data['step']))).toEqual(new Set(['join', 'frames', 'read', 'hear', 'summarise']));
    expect(told.every(({ room }) => room === `task-${id}`)).toBe(true);
    await bench.analysis.close();
  });

  it.each([
    ['join', 'measure', { measure: 2, frames: 2, read: 4, sound: 2 }],
    ['frames', 'frames', { measure: 0, frames: 2, read: 4, sound: 2 }],
    ['read', 'read', { measure: 0, frames: 0, read: 4, sound: 2 }],
    ['hear', 'sound', { measure: 0, frames: 0, read: 0, sound: 2 }],
    ['summarise', 'model', { measure: 0, frames: 0, read: 0, sound: 0, model: 1 }],
  ] as const)('that was killed while it was at %s goes on there, and says nothing twice', async (step, place, done) => {
    world.hangs = place;
    const model = place === 'model' ? world.model : null;
    const killed = world.bench({ model });
    const id = randomUUID();
    await killed.create(id);
    await killed.process(id);
    await vi.waitFor(() => expect(world.calls[place]).toBe(1), WAIT);
    expect(await killed.job(id)).toMatchObject({ status: 'running', step });

    world = new World();
    const bench = world.bench(place === 'model' ? { model: world.model } : {});
    await bench.analysis.resume();
    await completed(bench, id);
    expect(world.calls).toMatchObject(done);
    expect(await bench.announced(id)).toEqual(['processing', 'completed']);
    await bench.analysis.close();
  });

  it('does not read again the frames that it had read', async () => {
    const killed = world.bench();
    const id = randomUUID();
    await killed.create(id);
    const read = world.engines.see.read!;
    world.engines.see.read = async (...given) => {
      if (world.calls.read === 2) world.hangs = 'read';
      return read(...given);
    };
    await killed.process(id);
    await vi.waitFor(() => expect(world.calls.read).toBe(3), WAIT);
    world = new World();
    const bench = world.bench();
    await bench.analysis.resume();
    await completed(bench, id);
    expect(world.calls.read).toBe(2);
    await bench.analysis.close();
  });

  it('tries again what may pass, and says so', async () => {
    world.fails = { at: 'sound', times: 2, cause: new EngineFailedError('the engine stopped') };
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    await bench.process(id);
    await completed(bench, id);
    expect(world.calls).toMatchObject({ measure: 2, frames: 2, read: 4, sound: 4 });
    expect(await bench.taskLog.read(id)).toContain(
      'WARNING - Hearing the recording failed: the engine stopped; tried again in 1 s',
    );
    await bench.analysis.close();
  });

  it('gives up after six attempts, with the reason in the task', async () => {
    world.fails = { at: 'model', times: Infinity, cause: new EngineFailedError('the model is away') };
    const bench = world.bench({ model: world.model });
    const id = randomUUID();
    await bench.create(id);
    await bench.process(id);
    await vi.waitFor(async () => expect(await bench.status(id)).toBe('failed'), WAIT);
    expect(world.calls.model).toBe(6);
    expect((await bench.tasks.read(id))?.failure).toBe('The summary failed: the model is away (tried 6 times)');
    expect(await bench.announced(id)).toEqual(['processing', 'failed']);
    expect(await bench.analysis.manuscript(id)).not.toBeNull();
    await bench.analysis.close();
  });

  it('fails at once where trying again changes nothing', async () => {
    world.parts = [];
    const bench = world.bench();
    const [nothing, noFfmpeg] = [randomUUID(), randomUUID()];
    await bench.create(nothing);
    await bench.process(nothing);
    await vi.waitFor(async () => expect(await bench.status(nothing)).toBe('failed'), WAIT);
    expect((await bench.tasks.read(nothing))?.failure).toBe(
      'Joining the recording failed: Nothing was recorded of this broadcast.',
    );
    expect(await bench.job(nothing)).toMatchObject({ status: 'failed', attempts: 1 });
    await bench.analysis.close();

    const without = analysisBench({ database, engines: world.engines, dataDir: folder, parts: () => PARTS });
    await without.create(noFfmpeg);
    await without.process(noFfmpeg);
    await vi.waitFor(async () => expect(await without.status(noFfmpeg)).toBe('failed'), WAIT);
    expect((await without.tasks.read(noFfmpeg))?.failure).toContain('no ffmpeg');
    await without.analysis.close();
  });

  it('leaves out a part that cannot be read', async () => {
    world.fails = { at: 'measure', times: 1, cause: new Error('moov atom not found') };
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    await bench.process(id);
    await completed(bench, id);
    expect((await bench.analysis.manuscript(id))?.data.map(({ at_ms }) => at_ms)).toEqual([0, 1500]);
    expect(await bench.taskLog.read(id)).toContain('WARNING - Part 1 is left out, it cannot be read: moov atom not found');
    await bench.analysis.close();
  });

  it('is stopped by cancel, and can be begun anew', async () => {
    world.hangs = 'read';
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    world.engines.see.read = (_image, { signal }) => {
      world.calls.read++;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    await bench.process(id);
    await vi.waitFor(() => expect(world.calls.read).toBe(1), WAIT);
    await bench.analysis.cancel(id);
    expect(await bench.job(id)).toMatchObject({ status: 'cancelled' });
    expect(await bench.status(id)).toBe('processing');
    await bench.analysis.close();

    // A task that is `processing` with nothing queued is taken up at the next start.
    world = new World();
    const next = world.bench();
    await next.analysis.resume();
    await completed(next, id);
    await next.analysis.close();
  });

  it('that the gateway closes in the middle of goes on at the next start, and no attempt is counted', async () => {
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    world.engines.hear.transcribe = () => new Promise(() => undefined);
    world.engines.activity.open = () => ({
      push: () => {
        world.calls.model++;
        return new Promise(() => undefined);
      },
      reset: () => undefined,
      close: () => undefined,
    });
    await bench.process(id);
    await vi.waitFor(() => expect(world.calls.model).toBe(1), WAIT);
    await bench.analysis.close();
    expect(await bench.job(id)).toMatchObject({ status: 'queued', step: 'hear', attempts: 0 });
    world = new World();
    const next = world.bench();
    await next.analysis.resume();
    await completed(next, id);
    expect(world.calls).toMatchObject({ measure: 0, frames: 0, read: 0 });
    await next.analysis.close();
  });

  it('with the manuscript there writes the summary alone, by what the prompt says now', async () => {
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id, '# Prices');
    await bench.process(id);
    await completed(bench, id);
    const first = (await bench.tasks.read(id))?.summary_report ?? '';
    await bench.tasks.set(id, { prompt_content: '1. 质保\n2. 电池' });
    await bench.process(id);
    await vi.waitFor(async () => expect((await bench.tasks.read(id))?.summary_report).not.toBe(first), WAIT);
    expect(world.calls).toMatchObject({ measure: 2, frames: 2, read: 4, sound: 2 });
    const second = (await bench.tasks.read(id))?.summary_report ?? '';
    expect(second).toContain('## 质保\n\n- [00:00:03]');
    expect(second).toContain('77 kWh');
    await bench.analysis.close();
  });

  it('begins anew where more was recorded since', async () => {
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    world.parts = PARTS.slice(0, 1);
    await bench.process(id);
    await completed(bench, id);
    expect((await bench.analysis.manuscript(id))?.total_frames).toBe(2);
    world.parts = PARTS;
    await bench.process(id);
    await vi.waitFor(async () => expect((await bench.analysis.manuscript(id))?.total_frames).toBe(4), WAIT);
    await completed(bench, id);
    await bench.analysis.close();
  });

  it('runs for two tasks at once, never for three', async () => {
    world.hangs = 'sound';
    const bench = world.bench();
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of ids) await bench.create(id);
    for (const id of ids) await bench.process(id);
    await vi.waitFor(() => expect(world.calls.sound).toBe(2), WAIT);
    const rows = await Promise.all(ids.map((id) => bench.job(id)));
    expect(rows.map((row) => row?.status)).toEqual(['running', 'running', 'queued']);
    await database.deleteFrom('livestream_tasks').where('id', 'in', ids).execute();
  });

  it('is written by the model where there is one, which is said', async () => {
    const bench = world.bench({ model: world.model });
    const id = randomUUID();
    await bench.create(id, 'Write a poem');
    await bench.process(id);
    await completed(bench, id);
    const report = (await bench.tasks.read(id))?.summary_report ?? '';
    expect(report).toBe(
      'Report by: Write a poem\n\n> Written by writer (model) from 4 frames and 0 spoken sentences; a model may err.\n',
    );
    await bench.analysis.close();
  });

  it('gives frames of its own folder alone, and forgets all of them', async () => {
    const bench = world.bench();
    const id = randomUUID();
    await bench.create(id);
    await bench.process(id);
    await completed(bench, id);
    const path = (await bench.analysis.frame(id, 'frame_00001.png')) ?? '';
    expect(path).toContain(id);
    for (const name of ['frame_00099.png', '../joined.json', 'frames.json', 'frame_00001.png/..', '/etc/passwd'])
      expect(await bench.analysis.frame(id, name)).toBeNull();
    expect(await bench.analysis.frame('../../etc', 'frame_00001.png')).toBeNull();
    expect(await bench.analysis.manuscript('../../etc')).toBeNull();
    await bench.analysis.remove(id);
    await expect(access(path)).rejects.toThrow('ENOENT');
    expect(await bench.analysis.manuscript(id)).toBeNull();
    await bench.analysis.close();
  });
});
