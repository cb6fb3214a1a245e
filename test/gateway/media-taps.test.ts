import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat, defer, delay, first, firstValueFrom, from, ignoreElements, repeat, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame, SoundPiece } from '../../demo/server/media/media-stream.ts';
import { outputArguments } from '../../demo/server/media/ingest/plan.ts';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import { Segmenter } from '../../demo/server/media/recording/segmenter.ts';
import { frameTap } from '../../demo/server/media/taps/frame-tap.ts';
import { soundTap } from '../../demo/server/media/taps/sound-tap.ts';
import type { TapInput } from '../../demo/server/media/taps/tap-input.ts';
import { readBarcode } from '../support/media-barcode.ts';
import { ffmpegPath, film, runFfmpeg } from '../support/media-samples.ts';
import type { Film } from '../support/media-samples.ts';

/** What taps hand out of recorded fragments: all of it, in order, at its exact time, whatever becomes of the decoder. */

const T = 1_790_000_000_000;
let folder = '';
let source: Film;
let parts: readonly TapInput[];

/** The film as it is recorded, its first picture at `T + startMs`. */
async function recorded(startMs: number): Promise<TapInput[]> {
  const path = join(folder, 'film.mp4');
  const output = outputArguments({ video: 'copy', audio: 'copy', describedLate: false }).slice(0, -1);
  await runFfmpeg(['-v', 'error', '-y', '-i', source.path, ...output, path]);
  const segmenter = new Segmenter({ nextEpoch: startMs, nextSequence: 0, notBeforeMs: 0, settleMs: 1000 });
  const events = new Fmp4Splitter()
    .push(await readFile(path))
    .flatMap((event) =>
      event.type === 'init'
        ? segmenter.init(event.init)
        : segmenter.fragment(event.fragment, T + startMs + (event.fragment.startS + event.fragment.durationS) * 1000),
    );
  return [...events, ...segmenter.end()].flatMap((event): TapInput[] => (event.type === 'segment' ? [] : [event]));
}

/** ffmpeg, but the first run of it takes `bytes` and dies. */
async function dyingFfmpeg(name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  const died = `${path}.died`;
  const script = `#!/bin/sh\nif [ ! -e ${died} ]; then touch ${died}; head -c ${String(bytes)} | ${ffmpegPath()} "$@"; touch ${path}.over; exit 1; fi\nexec ${ffmpegPath()} "$@"\n`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-taps-'));
  source = await film({ seconds: 8 });
  parts = await recorded(0);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const heard = (input: readonly TapInput[], program = ffmpegPath()): Promise<SoundPiece[]> =>
  firstValueFrom(soundTap(from(input), program).pipe(toArray()));
const joined = (pieces: readonly SoundPiece[]): Int16Array => Int16Array.from(pieces.flatMap(({ pcm }) => [...pcm]));

/** The shift in samples, within 100 ms, at which `pcm` is most like the film. */
function shiftOf(pcm: Int16Array): number {
  let best = { shift: 0, likeness: -Infinity };
  for (let shift = -1600; shift <= 1600; shift++) {
    let likeness = 0;
    for (let index = 16_000; index < 32_000; index += 3) likeness += (pcm[index] ?? 0) * (source.pcm[index + shift] ?? 0);
    if (likeness > best.likeness) best = { shift, likeness };
  }
  return best.shift;
}

const seen = (input: Observable<TapInput>, program = ffmpegPath()): Promise<Frame[]> =>
  firstValueFrom(frameTap(input, program, { everyMs: 500, maxWidth: 320 }).pipe(toArray()));
const misplaced = (frames: readonly Frame[], startMs = 0): Promise<number[]> =>
  Promise.all(frames.map(async ({ atMs, jpeg }) => Math.round(atMs - T - startMs - ((await readBarcode(jpeg)) ?? NaN))));

describe.concurrent('the sound of a recording', () => {
  it('is all there, one piece after the other, at the time of its picture', async () => {
    const pieces = await heard(parts);
    const pcm = joined(pieces);
    expect(Math.abs(pcm.length / 16 - 8000)).toBeLessThan(70);
    expect(pieces.map(({ cut }) => cut).filter(Boolean)).toEqual([true]);
    for (const [index, { atMs }] of pieces.entries()) {
      const before = pieces[index - 1];
      if (before !== undefined) expect(Math.abs(atMs - before.atMs - before.pcm.length / 16)).toBeLessThan(2.5);
    }
    // The film's sound as ffmpeg sees it begins 21 ms before its picture: the encoder's own start.
    expect(shiftOf(pcm) / 16 + ((pieces[0]?.atMs ?? 0) - T)).toBeLessThan(25);
  });

  it('is not lost when the decoder dies', async () => {
    const whole = joined(await heard(parts));
    const pieces = await heard(parts, await dyingFfmpeg('sound', 150_000));
    expect(pieces.filter(({ cut }) => cut)).toHaveLength(1);
    expect(Math.abs(joined(pieces).length - whole.length) / 16).toBeLessThan(60);
    expect(Math.abs(shiftOf(joined(pieces)) - shiftOf(whole)) / 16).toBeLessThan(45);
  });

  it('tells where the source was away, and finishes one before the next', async () => {
    const pieces = await heard([...parts, ...(await recorded(60_000))]);
    const cuts = pieces.flatMap(({ cut, atMs }) => (cut ? [Math.round((atMs - T) / 1000)] : []));
    expect(cuts).toEqual([0, 60]);
    expect(pieces.every(({ atMs }, index) => index === 0 || atMs > (pieces[index - 1]?.atMs ?? 0))).toBe(true);
  });
});

describe.concurrent('the pictures of a recording', () => {
  it('come as often as is wished, each at its own time', async () => {
    const frames = await seen(from(parts));
    expect(frames).toHaveLength(16);
    expect(frames[0]).toMatchObject({ width: 320, height: 180 });
    // The first one is shown from the beginning of the sound on, one encoder's start before the others.
    const places = await misplaced(frames);
    expect(Math.max(...places.slice(1)) - Math.min(...places.slice(1))).toBeLessThan(10);
  });

  it('come again when the decoder has died', async () => {
    const program = await dyingFfmpeg('pictures', 60_000);
    const over = (): Promise<boolean> =>
      access(`${program}.over`).then(
        () => true,
        () => false,
      );
    // The rest comes when the first decoder is no more.
    const before = parts.slice(0, 6);
    const slowly = concat(
      from(before),
      defer(over).pipe(repeat({ delay: 20 }), first(Boolean), delay(50), ignoreElements()),
      from(parts.slice(before.length)),
    );
    const frames = await seen(slowly, program);
    expect(frames.at(-1)?.atMs).toBeGreaterThan(T + 7000);
    const places = await misplaced(frames.slice(1));
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(10);
  });
});
