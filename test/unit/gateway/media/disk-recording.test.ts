import { link, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Segment } from '../../../../demo/server/media/recording.ts';
import { DiskRecording } from '../../../../demo/server/media/recording/disk-recording.ts';
import { isRoomy } from '../../../../demo/server/media/recording/disk-space.ts';
import { RecordingLibrary } from '../../../../demo/server/media/recording/library.ts';
import { Recorder } from '../../../../demo/server/media/recording/recorder.ts';
import { Segmenter } from '../../../../demo/server/media/recording/segmenter.ts';
import { fragmentOf, halfSecond, initSegment } from '../../../support/media-boxes.ts';
import { Fmp4Splitter } from '../../../../demo/server/media/fmp4/splitter.ts';

const T = 1_790_000_000_000;
const name = (text: string): string => text.padStart(20, 'x');
const segment = (sequence: number, startS: number, epoch = 0): Segment => ({
  ...{ sequence, epoch, file: `${name(`s${String(sequence)}`)}.m4s`, init: `${name(`e${String(epoch)}`)}.mp4` },
  ...{ startMs: T + startS * 1000, durationMs: 2000, bytes: 100, decodeS: startS },
});
const epochLine = (epoch: number) => ({
  ...{ epoch, init: `${name(`e${String(epoch)}`)}.mp4`, codecs: 'avc1.64001f', width: 640, height: 360 },
  ...{ hasAudio: false, hasVideo: true },
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-recording-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function recorded(count: number): Promise<DiskRecording> {
  const recording = DiskRecording.empty(join(folder, 'rts-1'));
  await recording.beginEpoch(epochLine(0), Buffer.from('init'));
  for (let index = 0; index < count; index++) await recording.append(segment(index, index * 2), [Buffer.alloc(100)]);
  return recording;
}
const index = (): string => join(folder, 'rts-1', 'index.jsonl');

describe('a recording on the disk', () => {
  it('gives what overlaps a window', async () => {
    const recording = await recorded(5);
    const numbers = (startS: number, endS: number): number[] =>
      recording.window(T + startS * 1000, T + endS * 1000).map(({ sequence }) => sequence);
    expect(numbers(0, 10)).toEqual([0, 1, 2, 3, 4]);
    expect(numbers(2, 4)).toEqual([1]);
    expect(numbers(3.9, 4.1)).toEqual([1, 2]);
    expect(numbers(-5, 0)).toEqual([]);
    expect(numbers(10, 20)).toEqual([]);
    expect(recording.ranges()).toEqual([{ startMs: T, endMs: T + 10_000 }]);
  });

  it('is the same after a restart, and counts on', async () => {
    const before = await recorded(3);
    await before.beginEpoch(epochLine(1), Buffer.from('other'));
    await before.append({ ...segment(3, 60, 1), lagMs: 80 }, [Buffer.alloc(100)]);
    const after = await DiskRecording.load(before.folder);
    expect(after.window(0, Infinity)).toEqual(before.window(0, Infinity));
    expect(after.ranges()).toHaveLength(2);
    expect([after.nextSequence, after.nextEpoch, after.lastEndMs, after.bytes]).toEqual([4, 2, T + 62_000, 400]);
    expect(after.epoch(1)).toEqual({ ...epochLine(1), init: undefined });
    expect(after.epoch(7)).toBeNull();
  });

  it('heals a torn last line, half a file and files that nothing lists', async () => {
    const before = await recorded(3);
    const text = await readFile(index(), 'utf8');
    await truncate(index(), text.length - 20);
    await writeFile(join(before.folder, 'orphan.m4s.tmp'), 'half');
    const after = await DiskRecording.load(before.folder);
    expect(after.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect((await readdir(before.folder)).sort()).toEqual(
      ['index.jsonl', segment(0, 0).file, segment(1, 0).file, segment(0, 0).init].sort(),
    );
    // What comes next begins a line of its own.
    await after.append(segment(9, 20), [Buffer.alloc(100)]);
    expect((await DiskRecording.load(before.folder)).window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0, 1, 9]);
  });

  it('forgets what was deleted by hand', async () => {
    const before = await recorded(3);
    await rm(join(before.folder, segment(1, 2).file));
    expect((await DiskRecording.load(before.folder)).window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0, 2]);
  });

  it('never reads a file name that leads elsewhere', async () => {
    const before = await recorded(1);
    const line = { n: 5, e: 0, f: '../../secret.m4s', t: T, d: 1, b: 1, m: 0 };
    await writeFile(index(), `${await readFile(index(), 'utf8')}${JSON.stringify(line)}\n`);
    expect((await DiskRecording.load(before.folder)).window(0, Infinity)).toHaveLength(1);
  });
});

describe('the budget', () => {
  it('drops the oldest first, whosever it is, and leaves links of others alone', async () => {
    const library = await RecordingLibrary.open({ folder, budget: 450 });
    const [one, other] = [library.recording('rts-1'), library.recording('rts-2')];
    for (const recording of [one, other]) await recording.beginEpoch(epochLine(0), Buffer.from('init'));
    for (const [index, recording] of [one, other, one, other].entries())
      await recording.append(segment(index, index * 2), [Buffer.alloc(100)]);
    await link(join(one.folder, segment(0, 0).file), join(folder, 'exported.m4s'));
    await library.makeRoom(100);
    expect(one.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([2]);
    expect(other.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect((await stat(join(folder, 'exported.m4s'))).size).toBe(100);
    expect(library.bytes).toBe(300);
  });

  it('refuses ids that leave the folder', async () => {
    const library = await RecordingLibrary.open({ folder, budget: 450 });
    for (const id of ['../x', '.', 'a/b', '']) expect(() => library.recording(id)).toThrow(RangeError);
  });
});

describe('a full disk', () => {
  it('is one with less than a twentieth or a gibibyte free', () => {
    const total = 100 * 2 ** 30;
    expect(isRoomy({ free: 1.2 * 2 ** 30, total }, true)).toBe(true);
    expect(isRoomy({ free: 0.9 * 2 ** 30, total }, true)).toBe(false);
    expect(isRoomy({ free: 1.05 * 2 ** 30, total }, false)).toBe(false);
    expect(isRoomy({ free: 600_000, total: 10_000_000 }, true)).toBe(true);
    expect(isRoomy({ free: 400_000, total: 10_000_000 }, true)).toBe(false);
  });

  it('pauses recording, which goes on by itself', async () => {
    let free = 10_000;
    const library = await RecordingLibrary.open({ folder, budget: 1e9, space: () => Promise.resolve({ free, total: 20_000 }) });
    const full: boolean[] = [];
    const recording = library.recording('rts-1');
    const log = pino({ level: 'silent' });
    const recorder = new Recorder({ recording, library, log, onFull: (now) => full.push(now), onKept: () => undefined });
    const [event] = new Fmp4Splitter().push(initSegment());
    if (event?.type !== 'init') throw new Error('no init');
    const segmenter = new Segmenter({ nextEpoch: 0, nextSequence: 0, notBeforeMs: 0, settleMs: 1000 });
    segmenter.init(event.init);
    const play = async (fromS: number): Promise<void> => {
      for (let startS = fromS; startS < fromS + 2; startS += 0.5) {
        for (const made of segmenter.fragment(fragmentOf(halfSecond(startS, startS % 1 === 0)), T + startS * 1000)) {
          if (made.type === 'epoch') recorder.epoch(made.epoch);
          if (made.type === 'segment') recorder.segment(made.segment);
        }
      }
      await recorder.settled();
    };
    await play(0);
    await play(2);
    expect(recording.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0]);
    free = 10;
    library.full();
    await play(4);
    expect(full).toEqual([true]);
    expect(recording.window(0, Infinity)).toHaveLength(1);
    free = 10_000;
    library.askAgain();
    await play(6);
    expect(full).toEqual([true, false]);
    expect(recording.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0, 2]);
  });
});
