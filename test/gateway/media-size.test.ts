import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import type { Fmp4Event } from '../../demo/server/media/fmp4/splitter.ts';
import { FlvParameterSets } from '../../demo/server/media/ingest/flv-parameter-sets.ts';
import { copyEverything, outputArguments } from '../../demo/server/media/ingest/plan.ts';
import { LiveWindow } from '../../demo/server/media/live/live-window.ts';
import { livePlaylist, masterPlaylist } from '../../demo/server/media/live/playlist.ts';
import { Segmenter } from '../../demo/server/media/recording/segmenter.ts';
import { ffmpegPath } from '../support/media-samples.ts';

/** A picture that changes its size in the middle of a connection: real encoders and ffmpeg, as fast as they go. */

const SIZES = ['640x360', '322x242'] as const;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-size-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function ffmpeg(args: readonly string[]): Promise<void> {
  const child = spawn(ffmpegPath(), ['-v', 'error', '-y', ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (bytes: Buffer) => (words += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(words);
}

const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '0'];

/** Two seconds of each size. */
async function halves(suffix: string, codec: readonly string[]): Promise<readonly Buffer[]> {
  const made: Buffer[] = [];
  for (const [index, size] of SIZES.entries()) {
    const name = `${String(index)}.${suffix}`;
    await ffmpeg(['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=2`, ...codec, name]);
    made.push(await readFile(join(folder, name)));
  }
  return made;
}

/** What comes of it on its way into the gateway. */
async function taken(name: string): Promise<readonly Fmp4Event[]> {
  const output = outputArguments(copyEverything(['video'])).slice(0, -1);
  await ffmpeg(['-i', name, ...output, 'out.mp4']);
  return new Fmp4Splitter().push(await readFile(join(folder, 'out.mp4')));
}

const sizesOf = (events: readonly Fmp4Event[]): unknown[] =>
  events.flatMap((event) =>
    event.type === 'init' ? [[event.init.video?.width, event.init.video?.height, event.continues]] : [],
  );
const BOTH = [
  [640, 360, false],
  [322, 242, true],
];

/** Pictures that decode, of each size, when the second begins with its own description. */
async function shown(events: readonly Fmp4Event[]): Promise<string[]> {
  const from = events.findIndex((event) => event.type === 'init' && event.continues);
  const bytes = events.slice(from).map((event) => (event.type === 'init' ? event.init.bytes : event.fragment.bytes));
  await writeFile(join(folder, 'second.mp4'), Buffer.concat(bytes));
  await ffmpeg(['-xerror', '-i', 'second.mp4', '-map', '0:v', '-f', 'framemd5', 'second.txt']);
  const text = await readFile(join(folder, 'second.txt'), 'utf8');
  return [/#dimensions 0: (\S+)/.exec(text)?.[1] ?? '', String(text.split('\n').filter((line) => /^0,/.test(line)).length)];
}

describe('a new size', () => {
  it('within the picture is seen at its key frame, and players are told: a discontinuity, a description, the size', async () => {
    await writeFile(join(folder, 'both.ts'), Buffer.concat(await halves('ts', H264)));
    const events = await taken('both.ts');
    expect(sizesOf(events)).toEqual(BOTH);
    expect(await shown(events)).toEqual(['322x242', '50']);

    const window = new LiveWindow(null);
    const segmenter = new Segmenter({ nextEpoch: 0, nextSequence: 0, notBeforeMs: 0, settleMs: 0 });
    const begin = Date.UTC(2026, 0, 1);
    const deal = (dealt: ReturnType<Segmenter['end']>): void => {
      for (const event of dealt) {
        if (event.type === 'epoch') window.epoch(event.epoch);
        else if (event.type === 'part') window.part(event.part);
        else window.segment(event.segment);
      }
    };
    const pictures: number[] = [];
    for (const event of events) {
      if (event.type === 'init') deal(segmenter.init(event.init, event.continues));
      else deal(segmenter.fragment(event.fragment, begin + event.fragment.takenS * 1000));
      const width = window.picture?.width ?? null;
      if (width !== null && width !== pictures.at(-1)) pictures.push(width);
    }
    deal(segmenter.end());
    expect(pictures).toEqual([640, 322]);
    const { codecs = '', width = null, height = null } = window.picture ?? {};
    expect(masterPlaylist({ codecs, width, height }, 0, 'x')).toContain('RESOLUTION=322x242');
    const { segments } = window.snapshot();
    const playlist = livePlaylist(window.snapshot()).split('\n');
    expect(playlist.filter((line) => line === '#EXT-X-DISCONTINUITY')).toHaveLength(1);
    expect(new Set(playlist.filter((line) => line.startsWith('#EXT-X-MAP:'))).size).toBe(2);
    // The clock goes on: nothing is missing between them, nothing is told twice.
    for (const [index, { startMs }] of segments.slice(1).entries()) {
      const before = segments[index];
      expect(Math.abs(startMs - (before?.startMs ?? 0) - (before?.durationMs ?? 0))).toBeLessThan(1);
    }
    expect(segments.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeCloseTo(4000, 0);
  }, 60_000);

  it('of VP9, which a browser sends of a window that is drawn smaller', async () => {
    const codec = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25'];
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = await halves('ivf', codec);
    const HEAD = 32;
    const later = Buffer.from(second.subarray(HEAD));
    for (let at = 0; at + 12 <= later.length; at += 12 + later.readUInt32LE(at))
      later.writeBigUInt64LE(later.readBigUInt64LE(at + 4) + 50n, at + 4);
    await writeFile(join(folder, 'both.ivf'), Buffer.concat([first, later]));
    await ffmpeg(['-i', 'both.ivf', '-c', 'copy', 'both.webm']);
    const events = await taken('both.webm');
    expect(sizesOf(events)).toEqual(BOTH);
    expect(await shown(events)).toEqual(['322x242', '50']);
  }, 60_000);

  it('of an encoder that publishes: its parameters come beside the picture, and ffmpeg drops them', async () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = await halves('flv', H264);
    const sets = new FlvParameterSets();
    const VIDEO = 9;
    const pieces = [first.subarray(0, 13)];
    for (const [film, laterMs] of [
      [first, 0],
      [second, 2000],
    ] as const) {
      for (let at = 13; at + 11 <= film.length;) {
        const [type, size] = [film.readUInt8(at), film.readUIntBE(at + 1, 3)];
        const body = film.subarray(at + 11, at + 11 + size);
        const head = Buffer.from(film.subarray(at, at + 11));
        const passed = type === VIDEO ? sets.through(body) : null;
        at += 11 + size + 4;
        if (passed === null) continue;
        head.writeUIntBE(passed.length, 1, 3);
        head.writeUIntBE(head.readUIntBE(4, 3) + laterMs, 4, 3);
        const tail = Buffer.alloc(4);
        tail.writeUInt32BE(passed.length + 11);
        pieces.push(head, passed, tail);
      }
    }
    await writeFile(join(folder, 'both.flv'), Buffer.concat(pieces));
    const events = await taken('both.flv');
    expect(sizesOf(events)).toEqual(BOTH);
    expect(await shown(events)).toEqual(['322x242', '50']);
  }, 60_000);
});
