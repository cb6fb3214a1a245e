import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import { RecordingLibrary } from '../../demo/server/media/recording/library.ts';
import { film } from '../support/media-samples.ts';

/** The recorder is killed in the middle of a segment: what it said was kept is there, whole, and the next start goes on from it. */

let folder = '';
let source = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-killed-'));
  source = (await film({ seconds: 12, kind: 'h264+opus' })).path;
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const record = (): ChildProcess =>
  fork(join(import.meta.dirname, '../support/media-recorder-child.ts'), [folder, source], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });

async function keptBeforeTheKill(segments: number): Promise<string[]> {
  const child = record();
  const kept: string[] = [];
  const ended = once(child, 'exit');
  if (child.stdout === null) throw new Error('no output');
  for await (const file of createInterface({ input: child.stdout })) {
    kept.push(file);
    if (kept.length >= segments) break;
  }
  child.kill('SIGKILL');
  await ended;
  return kept;
}

const recorded = async () =>
  (await RecordingLibrary.open({ folder: join(folder, 'recordings'), budget: 1e9 })).recording('rts-killed');

const epochs = (segments: readonly { readonly epoch: unknown }[]): number => new Set(segments.map(({ epoch }) => epoch)).size;

describe('a recorder that is killed', () => {
  it('loses nothing that it had finished, and goes on where it was', async () => {
    const first = await keptBeforeTheKill(9);
    const before = epochs((await recorded()).window(0, Infinity));
    const second = await keptBeforeTheKill(first.length + 9);
    const recording = await recorded();
    const segments = recording.window(0, Infinity);
    for (const file of [...first, ...second]) expect(segments.map((segment) => segment.file)).toContain(file);
    expect(segments.map(({ sequence }) => sequence)).toEqual(segments.map((_, index) => index));
    // Whatever the tracks were that came first: the second recorder began an epoch of its own.
    expect(epochs(segments)).toBeGreaterThan(before);
    for (const [index, { startMs }] of segments.entries()) {
      const last = segments[index - 1];
      if (last !== undefined) expect(startMs).toBeGreaterThanOrEqual(last.startMs + last.durationMs - 5);
    }
    for (const { file, init, bytes } of segments) {
      expect((await stat(join(recording.folder, file))).size).toBe(bytes);
      const splitter = new Fmp4Splitter();
      expect(splitter.push(await readFile(join(recording.folder, init)))[0]?.type).toBe('init');
      expect(splitter.push(await readFile(join(recording.folder, file))).length).toBeGreaterThan(0);
      expect(splitter.buffered).toBe(0);
    }
  }, 120_000);
});
