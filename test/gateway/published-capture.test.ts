import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPublished } from '../../demo/server/media/published/published.ts';
import type { PublishedVideos } from '../../demo/server/media/published/published.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import type { Recording } from '../../demo/server/media/recording.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { readBarcode } from '../support/media-barcode.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';
import type { Film } from '../support/media-samples.ts';
import { recordingOf } from './published-recording.ts';

const run = promisify(execFile);
const RATE = 16_000;
const FRAME_MS = 40;
const START_MS = Date.UTC(2026, 10, 20, 9, 0, 0);
/** The microphone was opened later, and once more after a cut. */
const MICROPHONE_LATE_MS = 730;
const SECOND_LATE_MS = 11_000;
/** The first of all, and what its encoder put before it: there the video begins. */
const SYSTEM_EARLY_MS = 400 + 1024 / 48;
/** A camera that took its time. */
const LATE_MS = 3000;

let dataDir: string;
let source: Film;
let database: Database;
let published: PublishedVideos;
const recordings = new Map<string, Recording>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viva-voce-capture-'));
  source = await film({ seconds: 8 });
  const silent = await film({ seconds: 8, silent: true });
  const make = (name: string, takes: Parameters<typeof recordingOf>[1]) => recordingOf(join(dataDir, name), takes);
  const sound = { path: source.path, map: '0:a' };
  recordings.set('rts-screen', await make('screen', [{ path: source.path, startMs: START_MS, decodeS: 40, map: '0:v' }]));
  recordings.set(
    'rts-mic',
    await make('mic', [
      { ...sound, startMs: START_MS + MICROPHONE_LATE_MS, decodeS: 7 },
      { ...sound, startMs: START_MS + SECOND_LATE_MS, decodeS: 0 },
    ]),
  );
  recordings.set('rts-late', await make('late', [{ path: source.path, startMs: START_MS + LATE_MS, map: '0:v' }]));
  recordings.set('rts-system', await make('system', [{ path: silent.path, map: '0:a', startMs: START_MS - 400 }]));
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  await database.insertInto('collections').values({ id: 'c-1', name: 'Default', description: '' }).execute();
  await database
    .insertInto('streams')
    .values(
      [...recordings.keys()].map((id) => ({
        ...{ id, collection_id: 'c-1', name: id, url: null, ingest_mode: 'capture' as const, push_key: null },
        ...{ media_types: ['audio'], sample_rate: 30, store: true, status: 'stopped' as const },
        ...{ capture_session_id: 'cap-1', channel_id: null },
      })),
    )
    .execute();
  await database
    .insertInto('lines')
    .values({
      ...{ stream_id: 'rts-mic', language: 'en', text: 'Said at the microphone.', words: json([]), translations: json({}) },
      ...{ start_ms: START_MS + 2000, end_ms: START_MS + 3500 },
    })
    .execute();
  const empty: Recording = { folder: dataDir, window: () => [], ranges: () => [], epoch: () => null };
  published = await createPublished({
    ...{ database, dataDir, urls: createMediaUrls('a key'), ffmpeg: ffmpegPath(), log: pino({ level: 'silent' }) },
    media: { recording: (id) => recordings.get(id) ?? empty },
  });
});

afterAll(async () => {
  await published.close();
  await database.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

/** How much later than expected the film's sound is heard from `atMs` on, ms, by the best match within ± 100 ms. */
function latenessMs(heard: Int16Array, atMs: number): number {
  const first = Math.round((source.spoken[0]?.startS ?? 0) * RATE);
  const piece = source.pcm.subarray(first, first + 2 * RATE);
  const expected = Math.round((atMs / 1000) * RATE) + first;
  let best = { lag: 0, score: -Infinity };
  for (let lag = -RATE / 10; lag <= RATE / 10; lag += 4) {
    let score = 0;
    for (let at = 0; at < piece.length; at += 3) score += (piece[at] ?? 0) * (heard[expected + lag + at] ?? 0);
    if (score > best.score) best = { lag, score };
  }
  return (best.lag * 1000) / RATE;
}

/** How much later than at 0 the picture begins, ms: its second frame less the length of one (the first is drawn out). */
async function pictureLatenessMs(path: string): Promise<number> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path];
  const { stdout } = await run('ffprobe', args);
  const times = stdout
    .trim()
    .split('\n')
    .map((line) => parseFloat(line) * 1000);
  const [, second = 0, third = 0] = times;
  return second - (third - second);
}

const wish = {
  ...{ collectionId: 'c-1', name: 'Stand-up', pictureStreamId: 'rts-screen', soundStreamIds: ['rts-mic', 'rts-system'] },
};

it('a screen, a microphone that was cut and the system’s sound become one video, each where its clock says', async () => {
  const videoId = await published.exportCapture(wish);
  const { file, folder } = await published.downloads.file({ kind: 'video', videoId, rendition: null });
  const path = join(folder, file);

  const picture = join(dataDir, 'at.png');
  for (const atMs of [0, 200, 1000, 5000]) {
    await run(ffmpegPath(), ['-v', 'error', '-y', '-i', path, '-ss', String(atMs / 1000), '-frames:v', '1', picture]);
    const shown = await readBarcode(await readFile(picture));
    // Black, which reads as 0, while there is sound alone.
    const expected = Math.max(0, atMs - SYSTEM_EARLY_MS);
    expect(Math.abs((shown ?? -1e6) - expected), `the picture at ${String(atMs)} ms`).toBeLessThanOrEqual(FRAME_MS);
  }
  const raw = join(dataDir, 'heard.raw');
  await run(ffmpegPath(), ['-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', String(RATE), '-f', 's16le', raw]);
  const bytes = await readFile(raw);
  const heard = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  // The encoder's run-up moves sound and picture alike.
  const movedMs = await pictureLatenessMs(path);
  expect(Math.abs(latenessMs(heard, SYSTEM_EARLY_MS + MICROPHONE_LATE_MS) - movedMs)).toBeLessThanOrEqual(20);
  expect(Math.abs(latenessMs(heard, SYSTEM_EARLY_MS + SECOND_LATE_MS) - movedMs)).toBeLessThanOrEqual(20);
  const quiet = heard.subarray((9.6 * RATE) | 0, (11.3 * RATE) | 0);
  expect(quiet.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)).toBeLessThan(100);

  const row = await database.selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirstOrThrow();
  expect(Number(row.start_ms)).toBeCloseTo(START_MS - SYSTEM_EARLY_MS, 0);
  const [line] = await database.selectFrom('video_lines').selectAll().where('video_id', '=', videoId).execute();
  expect(line?.start_ms).toBeCloseTo(2000 + SYSTEM_EARLY_MS, -1);
});

/** What a video shows at `atMs`; null where no time can be read. */
async function shownAt(videoId: string, atMs: number): Promise<number | null> {
  const { file, folder } = await published.downloads.file({ kind: 'video', videoId, rendition: null });
  const picture = join(dataDir, 'shown.png');
  const args = ['-v', 'error', '-y', '-i', join(folder, file), '-ss', String(atMs / 1000), '-frames:v', '1', picture];
  await run(ffmpegPath(), args);
  return readBarcode(await readFile(picture));
}

it('a picture that came a moment after the sound is copied, its first one drawn out', async () => {
  const videoId = await published.exportCapture({ ...wish, soundStreamIds: ['rts-system'] });
  expect(await shownAt(videoId, 0)).toBe(0);
  const { file, folder } = await published.downloads.file({ kind: 'video', videoId, rendition: null });
  expect(Math.abs((await pictureLatenessMs(join(folder, file))) - SYSTEM_EARLY_MS)).toBeLessThanOrEqual(FRAME_MS);
  expect(Math.abs(((await shownAt(videoId, SYSTEM_EARLY_MS + 2000)) ?? -1e6) - 2000)).toBeLessThanOrEqual(2 * FRAME_MS);
  await database.deleteFrom('videos').where('id', '=', videoId).execute();
});

it('a picture that came long after the sound is black before, and where its clock says then', async () => {
  const videoId = await published.exportCapture({ ...wish, pictureStreamId: 'rts-late', soundStreamIds: ['rts-system'] });
  const leadMs = LATE_MS + SYSTEM_EARLY_MS;
  // Black is all bars off: the time 0.
  expect(await shownAt(videoId, leadMs - 500)).toBe(0);
  // It was encoded anew, at another rate.
  expect(Math.abs(((await shownAt(videoId, leadMs + 2000)) ?? -1e6) - 2000)).toBeLessThanOrEqual(2 * FRAME_MS);
  await database.deleteFrom('videos').where('id', '=', videoId).execute();
});

it('the same session is the same video; one of which nothing is kept says so', async () => {
  const again = await published.exportCapture({ ...wish, name: 'Again' });
  expect((await database.selectFrom('videos').select('id').execute()).map(({ id }) => id)).toEqual([again]);
  const none = { ...wish, pictureStreamId: 'rts-none', soundStreamIds: [] };
  await expect(published.exportCapture(none)).rejects.toMatchObject({ code: 'nothing-recorded', status: 400 });
});

it('without a picture it is sound alone', async () => {
  const videoId = await published.exportCapture({ ...wish, pictureStreamId: null });
  const folder = await published.videos.folder(videoId);
  expect(await readFile(join(folder, 'master.m3u8'), 'utf8')).toMatch(/CODECS="mp4a\.40\.2"[,\n]/);
  const { segments } = await published.videos.index(videoId);
  expect(segments.length).toBeGreaterThan(5);
  expect(Math.abs((segments[0]?.startMs ?? 0) - (START_MS - SYSTEM_EARLY_MS))).toBeLessThan(25);
});
