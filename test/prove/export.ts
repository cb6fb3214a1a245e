import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pino from 'pino';
import { createPublished } from '../../demo/server/media/published/published.ts';
import { linkSegments } from '../../demo/server/media/published/linked.ts';
import { writeMp4 } from '../../demo/server/media/published/mp4.ts';
import { closed } from '../../demo/server/media/published/retimed.ts';
import { writeThumbnails } from '../../demo/server/media/published/thumbnails.ts';
import { durationOf } from '../../demo/server/media/published/timeline.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import { recordingOf } from '../gateway/published-recording.ts';
import { ffmpegPath, film, runFfmpeg } from '../support/media-samples.ts';

/**
 * `npm run prove:export`: how fast a recording of MINUTES (5) becomes a video, as a multiple of real time, and what each part costs; 1280 × 720
 * at 25 frames/s with a key frame every two seconds, cut once, with a line of speech every 3 s in two languages and a scene every 2 s.
 */

const MINUTES = Number(process.env['MINUTES'] ?? 5);
const LENGTH_MS = MINUTES * 60_000;
const START_MS = Date.UTC(2026, 10, 20, 9);
const STREAM = 'rts-0190a6c2-1111-7000-8000-000000000001';
const ffmpeg = ffmpegPath();
const dataDir = await mkdtemp(join(tmpdir(), 'viva-voce-prove-export-'));

/** Set once the recording is made. */
let durationMs = 0;
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - began;
  // ffmpeg's own work is in the first column alone.
  const cells = [ms.toFixed(0), (durationMs / ms).toFixed(0), ((user + system) / 1000).toFixed(0)];
  console.log(`| ${name} | ${cells.join(' | ')} |`);
  return result;
}

try {
  const source = await film({ seconds: 20 });
  const [once, big] = [join(dataDir, 'once.mp4'), join(dataDir, 'film.mp4')];
  await runFfmpeg([
    ...['-v', 'error', '-i', source.path, '-vf', 'scale=1280:720,noise=alls=12:allf=t'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '3M', '-g', '50', '-sc_threshold', '0', '-c:a', 'copy', once],
  ]);
  await runFfmpeg(['-v', 'error', '-stream_loop', '-1', '-i', once, '-t', String(LENGTH_MS / 2000), '-c', 'copy', big]);
  const recording = await recordingOf(join(dataDir, 'recording'), [
    { path: big, startMs: START_MS, decodeS: 122 },
    { path: big, startMs: START_MS + LENGTH_MS / 2 + 7000 },
  ]);
  const segments = recording.window(0, Infinity);
  durationMs = durationOf(segments);
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const database = await openDatabase({ databaseUrl: null, dataDir: null });
  await database.insertInto('collections').values({ id: 'c-1', name: 'Default', description: '' }).execute();
  await database
    .insertInto('streams')
    .values({
      ...{ id: STREAM, collection_id: 'c-1', name: 'Camera', url: null, ingest_mode: 'pull', push_key: null, sample_rate: 30 },
      ...{ media_types: ['video'], store: true, status: 'stopped', capture_session_id: null, channel_id: null },
    })
    .execute();
  await database
    .insertInto('indexes')
    .values({
      ...{ id: '00000000000000aa', stream_id: STREAM, name: 'screen', kind: 'visual', extraction_type: 'time' },
      ...{ extraction_config: json({}), prompt: '', model_name: null, model_config: json({}), status: 'stopped', v2: json(null) },
    })
    .execute();
  const every = (ms: number): number[] => Array.from({ length: Math.floor(LENGTH_MS / ms) }, (_, index) => START_MS + index * ms);
  const spoken = 'The oldest vine in this glasshouse still bears fruit every autumn, and nobody has pruned it since.';
  for (const start of every(3000)) {
    await database
      .insertInto('lines')
      .values({
        ...{ stream_id: STREAM, start_ms: start, end_ms: start + 2600, text: spoken, language: 'en', words: json([]) },
        translations: json({ es: 'La vid más vieja de este invernadero todavía da fruto cada otoño.' }),
      })
      .execute();
  }
  for (const start of every(2000)) {
    await database
      .insertInto('scenes')
      .values({
        ...{ index_id: '00000000000000aa', stream_id: STREAM, start_ms: start, end_ms: start + 2000, data: json(null) },
        ...{ text: `Scene ${Math.floor((start - START_MS) / 30_000)} with a plant and a door.`, metadata: json({}) },
      })
      .execute();
  }

  const deps = { database, dataDir, media: { recording: () => recording }, urls: createMediaUrls('key') };
  const published = await createPublished({ ...deps, ffmpeg, log: pino({ level: 'silent' }) });
  console.log(`Recording: ${(durationMs / 1000).toFixed(1)} s, ${segments.length} segments, ${(bytes / 1e6).toFixed(0)} MB.\n`);
  console.log('| what | ms | × real time | CPU ms of the gateway |\n| --- | ---: | ---: | ---: |');
  const videoId = await timed('export: playlists, captions, chapters, thumbnails, rows', () =>
    published.exportStream({ streamId: STREAM }),
  );
  await timed('the same again: found', () => published.exportStream({ streamId: STREAM }));
  await timed('MP4 file, copied', () => published.downloads.file({ kind: 'video', videoId, rendition: null }));
  await timed('MP4 file with two text tracks', () =>
    published.downloads.file({ kind: 'video', videoId, rendition: null }, { captions: true }),
  );
  const folder = await published.videos.folder(videoId);
  await timed('part: hard links', async () => linkSegments(recording.folder, await mkdtemp(join(dataDir, 'links-')), segments));
  const { epochs } = await published.videos.index(videoId);
  await timed('part: thumbnails and poster', () => writeThumbnails({ ffmpeg, folder, segments, epochs, durationMs }));
  const clip = closed([{ folder, segments: segments.slice(10, 25) }]);
  const output = join(dataDir, 'clip.mp4');
  await timed('clip of 28.5 s as a file, exact at its beginning', () =>
    writeMp4({ ffmpeg, pieces: clip, skipMs: 700, durationMs: 28_500, output }),
  );
  await timed('captions burnt in (encoded)', () => published.burnCaptions({ videoId, base: '' }));
  await published.close();
  await database.destroy();
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
