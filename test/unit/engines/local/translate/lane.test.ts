import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { EngineBusyError, EngineFailedError } from '../../../../../demo/server/engines/engine.ts';
import { Lane } from '../../../../../demo/server/engines/local/translate/lane.ts';

/** Pipelines of ordinary programs: `cat` gives back at once what it was given. */

const lanes: Lane[] = [];
afterEach(() => Promise.all(lanes.splice(0).map((lane) => lane.close())));

function lane(
  command: string,
  rest: { readonly timeoutMs?: number; readonly queueLimit?: number; readonly idleMs?: number } = {},
) {
  const told: string[] = [];
  const made = new Lane({
    name: 'translate',
    command,
    env: { PATH: '/usr/bin:/bin' },
    queueLimit: 8,
    timeoutMs: 5000,
    idleMs: 60_000,
    log: (line) => told.push(line),
    ...rest,
  });
  lanes.push(made);
  return { lane: made, told };
}

const { signal } = new AbortController();
const plain = { interim: false, signal };

it('gives each caller its own answer, in the order of the calls', async () => {
  const { lane: echo } = lane('cat');
  const texts = Array.from({ length: 8 }, (_, index) => `sentence ñ ${String(index)}`);
  expect(await Promise.all(texts.map((text) => echo.run(text, plain)))).toEqual(texts);
});

it('drops interim calls for others when the queue is full, and refuses when it is full of others', async () => {
  const { lane: slow } = lane('cat', { queueLimit: 2 });
  const first = slow.run('first', plain);
  const dropped = expect(slow.run('interim', { interim: true, signal })).rejects.toThrow(EngineBusyError);
  const second = slow.run('second', plain);
  const third = slow.run('third', plain);
  await expect(slow.run('late interim', { interim: true, signal })).rejects.toThrow(EngineBusyError);
  await expect(slow.run('fourth', plain)).rejects.toThrow(EngineBusyError);
  await dropped;
  expect(await Promise.all([first, second, third])).toEqual(['first', 'second', 'third']);
});

it('ends a pipeline that gives no answer, with all of its stages, and starts another', async () => {
  // The first answer never comes; once the mark is there, the others do.
  const folder = await mkdtemp(join(tmpdir(), 'viva-voce-lane-'));
  const mark = join(folder, 'mark');
  const { lane: hanging, told } = lane(`if mkdir ${mark} 2>/dev/null; then sleep 60; else rmdir ${mark}; exec cat; fi | cat`, {
    timeoutMs: 400,
  });
  await expect(hanging.run('one', plain)).rejects.toThrow(EngineFailedError);
  expect(told).toEqual(['translate: the pipeline ended (signal SIGKILL)']);
  expect(await hanging.run('two', plain)).toBe('two');
  await rm(folder, { recursive: true });
});

it('rests after two failures, and says so', async () => {
  const { lane: broken } = lane('exit 3');
  await expect(broken.run('one', plain)).rejects.toThrow('exit code 3');
  await expect(broken.run('two', plain)).rejects.toThrow('exit code 3');
  await expect(broken.run('three', plain)).rejects.toThrow(EngineBusyError);
});

it('ends one that writes without end', async () => {
  const { lane: endless } = lane('yes');
  await expect(endless.run('one', plain)).rejects.toThrow('without end');
});

it('lets callers go: by their signal, and at the end', async () => {
  const { lane: hanging } = lane('sleep 60');
  const controller = new AbortController();
  const [one, two] = ['one', 'two'].map((text) =>
    expect(hanging.run(text, { interim: false, signal: controller.signal })).rejects.toThrow('hung up'),
  );
  const closed = expect(hanging.run('three', plain)).rejects.toThrow('closed');
  controller.abort(new Error('hung up'));
  await one;
  await two;
  await hanging.close();
  await closed;
  await expect(hanging.run('four', plain)).rejects.toThrow('closed');
});

it('gives its dictionaries back when nobody asks, and loads them again', async () => {
  const starts = join(await mkdtemp(join(tmpdir(), 'viva-voce-lane-')), 'starts');
  const { lane: idle, told } = lane(`echo >> ${starts}; exec cat`, { idleMs: 10 });
  await vi.waitFor(
    async () => {
      expect(await idle.run('one', plain)).toBe('one');
      expect((await readFile(starts, 'utf8')).length).toBeGreaterThan(1);
    },
    { interval: 100, timeout: 8000 },
  );
  expect(told).toEqual([]);
  await rm(dirname(starts), { recursive: true });
});
