import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import pino from 'pino';
import { filter, firstValueFrom, map, scan, take, timeout, toArray } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { LiveMedia } from '../../demo/server/media/create-media.ts';
import { ensureFfmpeg, FfmpegMissingError } from '../../demo/server/media/ffmpeg/ensure.ts';
import type { Ffmpeg } from '../../demo/server/media/ffmpeg/ensure.ts';
import type { MediaHealth, MediaStream, SourceSpec, Track } from '../../demo/server/media/media-stream.ts';
import { framesOfFile, soundOfFile, UnreadableFileError } from '../../demo/server/media/taps/file.ts';
import { readBarcode } from '../support/media-barcode.ts';
import { film, runFfmpeg, speech } from '../support/media-samples.ts';
import type { Film } from '../support/media-samples.ts';
import { startRtmpPublisher, startRtspSource } from '../support/media-sources.ts';

/** Real sources, real ffmpeg: what is taken in is what was sent, at its own time. They run beside each other, because they play in real time. */

const WAIT_MS = 60_000;
const log = pino({ level: 'silent' });
let folder = '';
let ffmpeg: Ffmpeg;
let media: LiveMedia;
let source: Film;
/** What encoders and cameras send: long enough not to begin again within a test. */
let long: Film;

const config = (dataDir: string) => ({
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: 0, webhookSecret: null, recordingBytes: 1e9, maxStreams: 20 },
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-media-'));
  ffmpeg = await ensureFfmpeg({ modelsDir: join(folder, 'models') });
  media = await createMedia({ config: config(folder), ffmpeg, log });
  [source, long] = await Promise.all([film({ seconds: 4 }), film({ seconds: 40, keyFrameS: 1 })]);
}, WAIT_MS);
afterAll(async () => {
  await media.close();
  await rm(folder, { recursive: true, force: true });
});

const BOTH: readonly Track[] = ['audio', 'video'];
let made = 0;
function stream(spec: SourceSpec, tracks = BOTH, store = true): MediaStream {
  return media.stream(`rts-${String(made++)}`, spec, { tracks, store });
}
const until = (of: MediaStream, right: (health: MediaHealth) => boolean): Promise<MediaHealth> =>
  firstValueFrom(of.health.pipe(filter(right), timeout(WAIT_MS)));
const isIn =
  (state: MediaHealth['state']) =>
  (health: MediaHealth): boolean =>
    health.state === state;
const url = (path: string): SourceSpec => ({ kind: 'url', url: path });

/** How much later than its picture says each frame is placed, ms. */
const errors = async (of: MediaStream, count: number): Promise<number[]> => {
  const frames = await firstValueFrom(of.frames({ everyMs: 250, maxWidth: 320 }).pipe(take(count), toArray(), timeout(WAIT_MS)));
  const shown = await Promise.all(frames.map(({ jpeg }) => readBarcode(jpeg)));
  return frames.map(({ atMs }, index) => atMs - (shown[index] ?? NaN));
};
const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Where in `of` the samples of `piece` lie: the shift in samples at which they are most alike. */
function shiftOf(piece: Int16Array, of: Int16Array, around: number, within: number): number {
  let best = { shift: 0, likeness: -Infinity };
  for (let shift = around - within; shift <= around + within; shift++) {
    let likeness = 0;
    for (let index = 0; index < piece.length; index += 2) likeness += (piece[index] ?? 0) * (of[index + shift] ?? 0);
    if (likeness > best.likeness) best = { shift, likeness };
  }
  return best.shift;
}

describe.concurrent('a source', () => {
  it('that is a file is played once, in its own time, and its sound and pictures stay together', async () => {
    const of = stream(url(source.path));
    const sound = firstValueFrom(of.sound().pipe(toArray()));
    const pictures = firstValueFrom(of.frames({ everyMs: 500 }).pipe(toArray()));
    const began = Date.now();
    of.start();
    const health = await until(of, isIn('ended'));
    expect(Date.now() - began).toBeGreaterThan(3000);
    expect(health).toMatchObject({ codecs: { audio: 'mp4a.40.2' }, width: 640, height: 360, transcoded: false, error: null });
    expect(health.codecs.video).toMatch(/^avc1\./);
    await of.stop();

    const [range] = of.recording.ranges();
    expect(of.recording.ranges()).toHaveLength(1);
    expect((range?.endMs ?? 0) - (range?.startMs ?? 0)).toBeGreaterThan(3900);
    expect(of.recording.window(0, Infinity).map(({ sequence }) => sequence)).toEqual([0, 1]);

    const pieces = await sound;
    expect(pieces.filter(({ cut }) => cut)).toHaveLength(1);
    const pcm = Int16Array.from(pieces.flatMap((piece) => [...piece.pcm]));
    expect(Math.abs(pcm.length / 16 - 4000)).toBeLessThan(60);
    const frames = await pictures;
    expect(frames.length).toBe(8);
    const last = frames.at(-1);
    const shown = (await readBarcode(last?.jpeg ?? new Uint8Array(0))) ?? NaN;
    // The same second of the film, found in the sound and in the picture.
    const filmStartMs = (last?.atMs ?? 0) - shown;
    const first = pieces[0];
    const expected = Math.round(((first?.atMs ?? 0) - filmStartMs) * 16);
    const found = shiftOf(pcm.subarray(16_000, 32_000), source.pcm, 16_000 + expected, 1600) - 16_000;
    expect(Math.abs(found - expected) / 16).toBeLessThan(20);
  });

  it('gives only the tracks that are wanted', async () => {
    const [sound, picture, none] = [
      stream(url(source.path), ['audio']),
      stream(url(source.path), ['video']),
      stream(url((await film({ seconds: 4, kind: 'h264' })).path), ['audio']),
    ];
    for (const of of [sound, picture, none]) of.start();
    expect((await until(sound, isIn('live'))).codecs).toEqual({ audio: 'mp4a.40.2', video: null });
    expect((await until(picture, isIn('live'))).codecs.audio).toBeNull();
    expect((await until(none, isIn('retrying'))).error).toBe('there is no audio in it');
    expect(
      await firstValueFrom(
        sound.sound().pipe(
          map(({ pcm }) => pcm.length),
          timeout(WAIT_MS),
        ),
      ),
    ).toBeGreaterThan(0);
    await Promise.all([sound, picture, none].map((of) => of.stop()));
    const [segment] = sound.recording.window(0, Infinity);
    expect(sound.recording.epoch(segment?.epoch ?? -1)).toMatchObject({ hasVideo: false, hasAudio: true, codecs: 'mp4a.40.2' });
  });

  it('that is neither H.264 nor AAC is encoded anew, one more than may be is not', async () => {
    const webm = (await film({ seconds: 4, kind: 'vp8+opus' })).path;
    const three = [stream(url(webm)), stream(url(webm)), stream(url(webm))];
    for (const of of three) of.start();
    const states = await Promise.all(three.map((of) => until(of, ({ state }) => state === 'live' || state === 'retrying')));
    expect(states.filter(({ transcoded }) => transcoded)).toHaveLength(2);
    expect(states.find(({ state }) => state === 'retrying')?.error).toMatch(/encoded already/);
    expect(states.find(({ state }) => state === 'live')?.codecs.audio).toBe('mp4a.40.2');
    await Promise.all(three.map((of) => of.stop()));
  });

  it('that publishes by RTMP may come, go and come again', async () => {
    const of = stream({ kind: 'push', key: 'rts-key' });
    of.start();
    expect(of.health.value.state).toBe('waiting');
    const encoder = startRtmpPublisher(media.pushUrl('rts-key') ?? '', { film: long.path });
    const stranger = startRtmpPublisher(media.pushUrl('another') ?? '', { film: long.path });
    try {
      const first = await errors(of, 6);
      expect(spread(first.slice(1))).toBeLessThan(20);
      await encoder.drop();
      await until(of, isIn('waiting'));
      encoder.resume();
      await until(of, ({ discontinuities, state }) => discontinuities === 1 && state === 'live');
      const epochs = (): number[] => [...new Set(of.recording.window(0, Infinity).map(({ epoch }) => epoch))];
      await vi.waitFor(() => expect(epochs()).toEqual([0, 1]), WAIT_MS);
    } finally {
      await Promise.all([encoder.stop(), stranger.stop(), of.stop()]);
    }
  });

  it('that runs faster than time is sent away', async () => {
    const of = stream({ kind: 'push', key: 'rts-flood' });
    of.start();
    const lost = until(of, isIn('retrying'));
    const flood = runFfmpeg(['-v', 'error', '-i', long.path, '-c', 'copy', '-f', 'flv', media.pushUrl('rts-flood') ?? '']);
    // It is cut off, or through before it notices.
    await flood.catch((error: unknown) => expect(String(error)).toContain('ffmpeg ended'));
    expect((await lost).error).toMatch(/faster than time/);
    await of.stop();
  });

  it('that is a camera is pulled by RTSP, and missed when it is silent', async () => {
    const camera = await startRtspSource({ film: long.path });
    const of = stream(url(camera.url.replace('rtsp://', 'rtsp://user:password@')));
    const cuts = firstValueFrom(
      of.sound().pipe(
        filter(({ cut }) => cut),
        scan((count) => count + 1, 0),
        filter((count) => count === 2),
        timeout(WAIT_MS),
      ),
    );
    of.start();
    try {
      const placed = (await errors(of, 6)).slice(1);
      expect(spread(placed)).toBeLessThan(20);
      camera.freeze();
      const lost = await until(of, isIn('retrying'));
      expect(lost.error).toBe('nothing came for 3 s');
      expect(JSON.stringify(lost)).not.toContain('password');
      camera.resume();
      await until(of, ({ state, discontinuities }) => state === 'live' && discontinuities === 1);
      expect(await cuts).toBe(2);
    } finally {
      await Promise.all([camera.stop(), of.stop()]);
    }
  });

  it('that is bytes somebody hands over is asked for again when they end', async () => {
    const webm = await film({ seconds: 4, kind: 'h264+opus' });
    let asked = 0;
    const silence = new PassThrough();
    const of = stream({ kind: 'bytes', open: () => (asked++ === 0 ? createReadStream(webm.path) : silence) });
    of.start();
    await vi.waitFor(() => expect(asked).toBe(2), WAIT_MS);
    expect(of.health.value).toMatchObject({ codecs: { audio: 'mp4a.40.2' }, transcoded: false });
    await of.stop();
    expect(silence.destroyed).toBe(true);
    const [range] = of.recording.ranges();
    expect((range?.endMs ?? 0) - (range?.startMs ?? 0)).toBeGreaterThan(3900);
  });

  it('that is not kept leaves nothing on the disk', async () => {
    const of = stream(url(source.path), BOTH, false);
    of.start();
    await until(of, isIn('ended'));
    expect(of.recording.ranges()).toEqual([]);
    expect(media.live(of.id)?.snapshot().segments).toHaveLength(2);
    await of.stop();
  });

  it('is shown, and not recorded, while the disk is full', async () => {
    let free = 10;
    const space = (): Promise<{ free: number; total: number }> => Promise.resolve({ free, total: 1_000_000 });
    const small = await createMedia({ config: config(join(folder, 'small')), ffmpeg, log, space });
    const of = small.stream('rts-full', url((await film({ seconds: 12 })).path), { tracks: BOTH, store: true });
    of.start();
    await until(of, ({ diskFull }) => diskFull);
    expect(small.live(of.id)?.snapshot().segments.length).toBeGreaterThan(0);
    expect(of.recording.ranges()).toEqual([]);
    free = 500_000;
    await until(of, ({ diskFull }) => !diskFull);
    await small.close();
    expect(of.recording.window(0, Infinity).length).toBeGreaterThan(0);
  });

  it('that is refused says why', async () => {
    const strict = await createMedia({ config: { ...config(join(folder, 'strict')), host: '0.0.0.0' }, ffmpeg, log });
    const reasons = await Promise.all(
      [source.path, 'rtsp://127.0.0.1/x', 'gopher://x', 'file:///nowhere.mp4'].map(async (given, index) => {
        const of = (index === 3 ? media : strict).stream(`rts-no-${String(index)}`, url(given), { tracks: BOTH, store: true });
        of.start();
        return (await until(of, isIn('failed'))).error;
      }),
    );
    expect(reasons[0]).toMatch(/Local files are not taken/);
    expect(reasons[1]).toMatch(/private address/);
    expect(reasons[2]).toMatch(/gopher is not taken/);
    expect(reasons[3]).toMatch(/no file/);
    await strict.close();
    const without = await createMedia({
      config: config(join(folder, 'without')),
      ffmpeg: new FfmpegMissingError('none here'),
      log,
    });
    expect(without.unavailable).toBe('none here');
    await without.close();
  });
});

describe('a finished file', () => {
  it('is heard and looked at in one range', async () => {
    const pieces = [];
    for await (const piece of soundOfFile(ffmpeg.ffmpeg, source.path, { startS: 1, endS: 3 })) pieces.push(piece);
    const samples = pieces.reduce((sum, { pcm }) => sum + pcm.length, 0);
    expect([pieces[0]?.atMs, Math.round(samples / 160)]).toEqual([1000, 200]);
    await expect(soundOfFile(ffmpeg.ffmpeg, import.meta.filename).next()).rejects.toThrow(UnreadableFileError);
    const { pcm } = await speech(4);
    expect(Math.abs(shiftOf(pieces[1]?.pcm ?? new Int16Array(0), pcm, 24_000, 800) - 24_000) / 16).toBeLessThan(5);
    const shown: number[] = [];
    for await (const frame of framesOfFile(ffmpeg.ffmpeg, source.path, 500, { startS: 1, endS: 3 }))
      shown.push(frame.atMs - ((await readBarcode(frame.jpeg)) ?? NaN));
    expect(shown.map((difference) => Math.abs(Math.round(difference)) < 5)).toEqual([true, true, true, true]);
  });
});
