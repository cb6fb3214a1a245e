import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedRoutes } from '../../demo/server/http/published.ts';
import { watchRoutes } from '../../demo/server/http/watch.ts';
import { createPublished } from '../../demo/server/media/published/published.ts';
import type { PublishedVideos } from '../../demo/server/media/published/published.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import type { WatchAbout } from '../../demo/server/media/published/watch-about.ts';
import type { Recording } from '../../demo/server/media/recording.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { readBarcode } from '../support/media-barcode.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';
import type { Film } from '../support/media-samples.ts';
import { recordingOf } from './published-recording.ts';

const run = promisify(execFile);
const STREAM = 'rts-0190a6c2-1111-7000-8000-000000000001';
const BASE = 'http://gateway.test';
const START_MS = Date.UTC(2026, 10, 20, 9, 0, 0);
/** Of the film that was recorded twice. */
const SECONDS = 8;
/** The source was away for so long, after the first film. */
const GAP_MS = 8000;
/** The media's own clock stands anywhere. */
const DECODE_S = 122;
const urls = createMediaUrls('a key');

let dataDir: string;
let source: Film;
let recording: Recording;
let database: Database;
let published: PublishedVideos;
let app: FastifyInstance;

const empty: Recording = { folder: tmpdir(), window: () => [], ranges: () => [], epoch: () => null };
const media = { recording: (id: string) => (id === STREAM ? recording : empty) };
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url: url.replace(BASE, ''), headers });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viva-voce-published-'));
  source = await film({ seconds: SECONDS });
  const second = START_MS + SECONDS * 1000 + GAP_MS;
  recording = await recordingOf(join(dataDir, 'recording'), [
    { path: source.path, startMs: START_MS, decodeS: DECODE_S },
    { path: source.path, startMs: second, decodeS: 5 },
  ]);
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  await database.insertInto('collections').values({ id: 'c-1', name: 'Default', description: '' }).execute();
  await database
    .insertInto('streams')
    .values({
      ...{ id: STREAM, collection_id: 'c-1', name: 'Greenhouse', url: 'rtsp://camera', ingest_mode: 'pull', push_key: null },
      ...{ media_types: ['audio', 'video'], sample_rate: 30, store: true, status: 'stopped' },
      ...{ capture_session_id: null, channel_id: null },
    })
    .execute();
  const lines = [START_MS, second].flatMap((zero) =>
    source.spoken.map(({ text, startS, endS }) => ({ text, start_ms: zero + startS * 1000, end_ms: zero + endS * 1000 })),
  );
  await database
    .insertInto('lines')
    .values(
      lines.map((line, index) => ({
        ...{ ...line, id: undefined, stream_id: STREAM, language: 'en', words: json([]) },
        translations: json(index === 0 ? { es: 'Una <frase> & más.' } : {}),
      })),
    )
    .execute();
  await database
    .insertInto('indexes')
    .values({
      ...{ id: '00000000000000aa', stream_id: STREAM, name: 'screen', kind: 'visual', extraction_type: 'time' },
      ...{ extraction_config: json({}), prompt: '', model_name: null, model_config: json({}), status: 'stopped', v2: json(null) },
    })
    .execute();
  const scenes = ['Rows of tomatoes under glass.', 'A watering can beside the door.'];
  await database
    .insertInto('scenes')
    .values(
      scenes.map((text, index) => ({
        ...{ index_id: '00000000000000aa', stream_id: STREAM, text, data: json(null), metadata: json({ tier: 'basic' }) },
        ...{ start_ms: [START_MS, second][index] ?? 0, end_ms: ([START_MS, second][index] ?? 0) + SECONDS * 1000 },
      })),
    )
    .execute();
  published = await createPublished({
    ...{ database, dataDir, media, urls, ffmpeg: ffmpegPath(), log: pino({ level: 'silent' }) },
  });
  app = fastify();
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: { code: 'not_found' } }));
  publishedRoutes(app, { urls, media, database, ...published });
  watchRoutes(app, { urls, media, database, videos: published.videos, dist: join(dataDir, 'dist') });
  await app.ready();
});

afterAll(async () => {
  await published.close();
  await app.close();
  await database.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

interface Probe {
  readonly streams: readonly {
    codec_type: string;
    duration: string;
    start_time: string;
    nb_read_packets: string;
    tags?: Record<string, string>;
  }[];
  readonly format: { readonly duration: string };
}

async function probe(file: string, ...args: string[]): Promise<Probe> {
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-count_packets',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    ...args,
    file,
  ]);
  return JSON.parse(stdout) as Probe;
}

/** What the burnt-in clock shows `atS` into a file, ms. */
async function shownAt(file: string, atS: number): Promise<number | null> {
  const picture = join(dataDir, `${crypto.randomUUID()}.png`);
  await run(ffmpegPath(), ['-v', 'error', '-i', file, '-ss', String(atS), '-frames:v', '1', picture]);
  return readBarcode(await readFile(picture));
}

/** Yellow pixels in the lower third of the picture `atS` into a file. */
async function yellowBelow(file: string, atS: number): Promise<number> {
  const picture = join(dataDir, `${crypto.randomUUID()}.png`);
  await run(ffmpegPath(), ['-v', 'error', '-i', file, '-ss', String(atS), '-frames:v', '1', picture]);
  const part = sharp(picture).extract({ left: 0, top: 240, width: 640, height: 120 }).removeAlpha().raw();
  const rgb = await part.toBuffer();
  let count = 0;
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    if ((rgb[at] ?? 0) > 180 && (rgb[at + 1] ?? 0) > 180 && (rgb[at + 2] ?? 255) < 90) count++;
  }
  return count;
}

async function downloaded(url: string | null): Promise<string> {
  const answer = await get(url ?? '');
  expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
  const file = join(dataDir, `${crypto.randomUUID()}.mp4`);
  await writeFile(file, answer.rawPayload);
  return file;
}

describe('clips', () => {
  const clip = (startMs: number, endMs: number): string => urls.clip(BASE, STREAM, startMs, endMs);

  it('begins exactly where asked for; its segments are served beside it', async () => {
    const answer = await get(clip(START_MS + 3500, START_MS + 6000));
    expect(answer.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.body).toMatch(/#EXT-X-START:TIME-OFFSET=0\.\d+,PRECISE=YES/);
    const segment = /^[\w-]+\.m4s$/m.exec(answer.body)?.[0] ?? '';
    expect((await get(`${BASE}/manifests/${STREAM}/${segment}`)).statusCode).toBe(200);
    // What else lies there has names that can be guessed.
    await writeFile(join(recording.folder, 'index.jsonl'), '{}');
    expect((await get(`${BASE}/manifests/${STREAM}/index.jsonl`)).statusCode).toBe(404);
    const again = await get(clip(START_MS + 3500, START_MS + 6000), { 'if-none-match': String(answer.headers.etag) });
    expect(again.statusCode).toBe(304);
  });

  it('is as one file exact to the frame, without encoding', async () => {
    const file = await downloaded(urls.download(BASE, clip(START_MS + 3500, START_MS + 6000)));
    expect(Math.abs(((await shownAt(file, 0)) ?? 0) - 3500)).toBeLessThanOrEqual(60);
    expect(Number((await probe(file)).format.duration)).toBeCloseTo(2.5, 1);
  });

  it('where nothing was recorded, words say what there is', async () => {
    const answer = await get(clip(START_MS - 60_000, START_MS - 30_000));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'nothing-recorded' } });
    expect(answer.body).toContain('What is kept lies between 2026-11-20T09:00:00.000Z and');
    expect((await get(urls.clip(BASE, 'rts-unknown', START_MS, START_MS + 1))).statusCode).toBe(400);
  });

  it.each([
    `/manifests/${STREAM}/..%2f..%2fetc%2fpasswd`,
    `/manifests/${STREAM}/.hidden`,
    `/manifests/..%2f..%2frecording/init.mp4`,
    '/manifests/other/init.mp4',
    '/published/files/short/media.m3u8',
    `/published/files/${'.'.repeat(22)}/media.m3u8`,
    `/published/files/${'a'.repeat(22)}/media.m3u8`,
    `/published/files/${'a'.repeat(22)}/..%2findex.json`,
  ])('nothing outside is reachable: %s', async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toHaveProperty('error');
  });

  it('an address that was not made here opens nothing', async () => {
    const answer = await get(clip(START_MS, START_MS + 1000).replace('1000000.m3u8', '2000000.m3u8'));
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { error: { code: 'not-signed' } }]);
    expect((await get('/compiled/AAAA.m3u8')).statusCode).toBe(403);
    expect((await get('/published/manifests/m-1.m3u8')).statusCode).toBe(403);
  });
});

describe('the player page', () => {
  it('is Vite’s while nothing is built; then it is served under a strict policy, and only the frame may be anybody’s', async () => {
    const unbuilt = await get('/watch?v=x');
    expect([unbuilt.statusCode, unbuilt.headers.location]).toEqual([302, '/demo/pages/watch.html?v=x']);
    await mkdir(join(dataDir, 'dist/site/demo/pages'), { recursive: true });
    await writeFile(join(dataDir, 'dist/site/demo/pages/watch.html'), '<!doctype html><title>Watch</title>');
    const [page, frame] = [await get('/watch?v=x'), await get('/embed?v=x')];
    expect(page.headers['content-type']).toContain('text/html');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(String(frame.headers['content-security-policy'])).toContain('frame-ancestors *');
  });
});

describe('export', () => {
  let videoId: string;
  const heard: number[] = [];

  it('makes a video of everything recorded, the gap closed, and tells how far it is', async () => {
    videoId = await published.exportStream({ streamId: STREAM, progress: (percentage) => heard.push(percentage) });
    const row = await database.selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirstOrThrow();
    expect(row.name).toBe('Greenhouse - Recording');
    expect(row.length).toBeCloseTo(2 * SECONDS, 0);
    expect(row.start_ms).toBe(START_MS);
    expect(heard.at(-1)).toBe(100);
    expect(heard).toEqual([...heard].sort((one, other) => one - other));
  });

  it('the same recording is the same video; a running, a thrown-away and an empty stream say why not', async () => {
    expect(await published.exportStream({ streamId: STREAM, name: 'Again' })).toBe(videoId);
    const set = (values: { status?: 'connected' | 'stopped'; store?: boolean }) =>
      database.updateTable('streams').set(values).where('id', '=', STREAM).execute();
    await set({ status: 'connected' });
    await expect(published.exportStream({ streamId: STREAM })).rejects.toMatchObject({ code: 'still-running', status: 400 });
    await set({ status: 'stopped', store: false });
    await expect(published.exportStream({ streamId: STREAM })).rejects.toMatchObject({ code: 'not-stored', status: 400 });
    await set({ store: true });
    await expect(published.exportStream({ streamId: 'rts-none' })).rejects.toMatchObject({ code: 'not-found', status: 404 });
    const range = { startMs: START_MS - 60_000, endMs: START_MS - 30_000 };
    await expect(published.exportStream({ streamId: STREAM, range })).rejects.toMatchObject({ code: 'nothing-recorded' });
  });

  it('a cancelled export leaves nothing behind', async () => {
    const before = await readdir(published.videos.root);
    const cancelled = new AbortController();
    const range = { startMs: START_MS, endMs: START_MS + 5000 };
    const progress = (): void => cancelled.abort(new Error('no longer wished'));
    await expect(published.exportStream({ streamId: STREAM, range, progress, signal: cancelled.signal })).rejects.toThrow(
      'no longer wished',
    );
    expect(await readdir(published.videos.root)).toEqual(before);
    expect(await database.selectFrom('videos').select('id').execute()).toEqual([{ id: videoId }]);
  });

  it('its master playlist names codecs, size and a caption track for each language', async () => {
    const master = (await get(urls.video(BASE, videoId))).body;
    expect(master).toMatch(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2",RESOLUTION=640x360,SUBTITLES="captions"/);
    expect(master).toMatch(/NAME="English",LANGUAGE="en",DEFAULT=YES/);
    expect(master).toMatch(/NAME="español",LANGUAGE="es",DEFAULT=NO/);
    expect((await get(urls.video(BASE, videoId).replace('?s=', '?s=x'))).statusCode).toBe(403);
  });

  it('captions lie on the media’s own clock, the second film’s where it follows the first', async () => {
    const folder = await published.videos.folder(videoId);
    const english = await readFile(join(folder, 'captions-en.vtt'), 'utf8');
    expect(english).toContain(`X-TIMESTAMP-MAP=MPEGTS:${DECODE_S * 90_000},LOCAL:00:00:00.000`);
    const starts = [...english.matchAll(/^00:00:(\d\d\.\d{3}) -->/gm)].map(([, time]) => Number(time));
    const [firstS = 0] = source.spoken.map(({ startS }) => startS);
    expect(starts[0]).toBeCloseTo(firstS, 2);
    expect(starts.some((at) => Math.abs(at - (SECONDS + firstS)) < 0.05)).toBe(true);
    expect(await readFile(join(folder, 'captions-es.vtt'), 'utf8')).toContain('Una &lt;frase&gt; &amp; más.');
  });

  it('plays whole: ffmpeg reads every frame through the playlist, over the gap', async () => {
    const folder = await published.videos.folder(videoId);
    const { streams } = await probe(join(folder, 'media.m3u8'), '-allowed_extensions', 'ALL');
    const packets = Object.fromEntries(streams.map((stream) => [stream.codec_type, Number(stream.nb_read_packets)]));
    expect(packets['video']).toBe(2 * SECONDS * 25);
  });

  it('thumbnails show the moment they stand for, and chapters the scenes', async () => {
    const folder = await published.videos.folder(videoId);
    const cues = (await readFile(join(folder, 'thumbnails.vtt'), 'utf8')).matchAll(
      /00:00:(\d\d\.\d{3}) --> .*\nthumbnails-1\.jpg#xywh=(\d+),(\d+),160,90/g,
    );
    const shown = await Promise.all(
      [...cues].map(async ([, time, x, y]) => {
        const sheet = sharp(join(folder, 'thumbnails-1.jpg'));
        const one = await sheet
          .extract({ left: Number(x), top: Number(y), width: 160, height: 90 })
          .png()
          .toBuffer();
        return { at: Number(time) * 1000, clock: await readBarcode(one) };
      }),
    );
    expect(shown.length).toBeGreaterThanOrEqual(SECONDS);
    for (const { at, clock } of shown) expect(Math.abs((clock ?? -1e6) - (at % (SECONDS * 1000)))).toBeLessThanOrEqual(45);
    expect(await readFile(join(folder, 'chapters.vtt'), 'utf8')).toContain('Rows of tomatoes under glass\n');
    expect((await get(urls.thumbnail(BASE, videoId))).headers['content-type']).toBe('image/jpeg');
  });

  it('is one MP4 file on request, with captions where asked, made once', async () => {
    const url = urls.download(BASE, urls.video(BASE, videoId), 'Été 1/2.mp4');
    const answer = await get(`${url}&captions=1`);
    expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''%C3%89t%C3%A9%201%202.mp4");
    const folder = await published.videos.folder(videoId);
    const { streams, format } = await probe(join(folder, 'video-captions.mp4'));
    expect(streams.map(({ codec_type, tags }) => [codec_type, tags?.['language']])).toEqual([
      ['video', 'und'],
      ['audio', 'und'],
      ['subtitle', 'eng'],
      ['subtitle', 'spa'],
    ]);
    expect(Number(format.duration)).toBeCloseTo(2 * SECONDS, 0);
    const bytes = await readFile(join(folder, 'video-captions.mp4'));
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    const made = (await stat(join(folder, 'video-captions.mp4'))).ino;
    await get(`${url}&captions=1`);
    expect((await stat(join(folder, 'video-captions.mp4'))).ino).toBe(made);
  });

  it('its player page knows its title, pictures, chapters and files, and believes no words that were put beside it', async () => {
    const query = (url: string): string => `${BASE}/watch/about${new URL(url).search}`;
    const page = urls.player(BASE, urls.video(BASE, videoId), { title: 'Morning <b>rounds</b>' });
    const about = (await get(query(page))).json<WatchAbout>();
    expect(about).toMatchObject({ kind: 'video', title: 'Morning <b>rounds</b>', startMs: START_MS, captionsInside: true });
    expect(about.captions.map(({ language }) => language)).toEqual(['en', 'es']);
    const beside = [about.src, about.poster, about.thumbnails, about.chapters, about.captions[0]?.src ?? null, about.download];
    for (const url of beside) {
      expect((await get(new URL(url ?? '', `${BASE}/watch/about`).href)).statusCode, url ?? 'nothing').toBe(200);
    }
    const forged = (await get(query(page.replace('Morning', 'Evening')))).json<WatchAbout>();
    expect(forged.title).toBe('Greenhouse - Recording');
    const elsewhere = await get(`${BASE}/watch/about?v=${encodeURIComponent('https://elsewhere.test/film.m3u8')}`);
    expect([elsewhere.statusCode, elsewhere.json()]).toMatchObject([403, { error: { param: 'v' } }]);
    expect((await get(`${BASE}/watch/about`)).statusCode).toBe(400);
  });

  it('a clip’s player page has its captions, made of what was heard in it', async () => {
    const page = urls.player(BASE, urls.clip(BASE, STREAM, START_MS, START_MS + 20_000));
    const about = (await get(`${BASE}/watch/about${new URL(page).search}`)).json<WatchAbout>();
    expect(about).toMatchObject({ kind: 'clip', title: 'Greenhouse', captionsInside: false });
    const english = await get(new URL(about.captions[0]?.src ?? '', `${BASE}/watch/about`).href);
    expect(english.headers['content-type']).toContain('text/vtt');
    expect(english.body).toContain(`MPEGTS:${DECODE_S * 90_000}`);
    expect(english.body).toContain('00:00:00.500 --> ');
  });

  it('captions are written anew when the video is heard again', async () => {
    await database.updateTable('video_lines').set({ language: 'fr' }).where('video_id', '=', videoId).execute();
    await published.refreshCaptions(videoId);
    expect((await get(urls.video(BASE, videoId))).body).toContain('LANGUAGE="fr",DEFAULT=YES');
    await database.updateTable('video_lines').set({ language: 'en' }).where('video_id', '=', videoId).execute();
    await published.refreshCaptions(videoId);
  });

  it('what a killed gateway left half-made is thrown away at the next start, and nothing else', async () => {
    const folder = await published.videos.folder(videoId);
    const before = await readdir(folder);
    await mkdir(join(published.videos.root, '.half-made'));
    await writeFile(join(published.videos.root, '.half-made', 's.m4s'), '');
    await writeFile(join(folder, '.half.mp4'), '');
    const again = await createPublished({
      ...{ database, dataDir, media, urls, ffmpeg: ffmpegPath(), log: pino({ level: 'silent' }) },
    });
    await again.close();
    expect(await readdir(published.videos.root)).not.toContain('.half-made');
    expect(await readdir(folder)).toEqual(before);
  });

  it('outlives its recording, and shots of it are compiled without it', async () => {
    const { segments } = await published.videos.index(videoId);
    for (const { file } of segments) await rm(join(recording.folder, file));
    const shots = [
      { videoId, startS: SECONDS + 3.5, endS: SECONDS + 5 },
      { videoId, startS: 3.5, endS: 4.3 },
    ];
    const playlist = (await get(urls.compiled(BASE, shots))).body;
    expect(playlist).toContain('#EXT-X-START:TIME-OFFSET=0.');
    expect(playlist.match(/#EXT-X-DISCONTINUITY/g)).toHaveLength(1);
    const uri = /^\.\.(\/published\/files\/.*m4s)$/m.exec(playlist)?.[1] ?? '';
    const range = await get(`${BASE}${uri}`, { range: 'bytes=0-99' });
    expect([range.statusCode, range.rawPayload.byteLength]).toEqual([206, 100]);
    expect(range.headers['cache-control']).toContain('immutable');
    expect(range.headers['access-control-allow-origin']).toBe('*');
    const file = await downloaded(urls.download(BASE, urls.compiled(BASE, shots)));
    expect(Math.abs(((await shownAt(file, 0)) ?? 0) - 3500)).toBeLessThanOrEqual(60);
    // Later shots begin at the key frame before them, which come every second here, and not with a whole segment.
    const [first = '', second = ''] = playlist.split('#EXT-X-DISCONTINUITY');
    const lengthMs = (text: string): number =>
      [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, s]) => sum + Number(s) * 1000, 0);
    const skipMs = Number(/TIME-OFFSET=([\d.]+)/.exec(first)?.[1]) * 1000;
    const shownMs = (await shownAt(file, (lengthMs(first) - skipMs) / 1000 + 0.02)) ?? 0;
    expect(shownMs).toBeGreaterThan(3500 - 1000);
    expect(shownMs).toBeLessThanOrEqual(3500 + 60);
    expect(lengthMs(second)).toBeLessThan(800 + 1000 + 500);
    const [, bytes, offset] = /#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(second) ?? [];
    const from = await get(`${BASE}${/^\.\.(\/published\/files\/.*m4s)$/m.exec(second)?.[1] ?? ''}`, {
      range: `bytes=${String(offset)}-${String(Number(offset) + Number(bytes) - 1)}`,
    });
    expect(from.rawPayload.subarray(4, 8).toString()).toBe('moof');
  });

  it('burns captions into a second form of it, in the style asked for', async () => {
    const wish = { videoId, base: BASE };
    const url = await published.burnCaptions({ ...wish, style: { font_size: 30, primaryColour: '&H0000FFFF' } });
    expect((await get(url)).body).toMatch(/en-[0-9a-f]{12}\.m3u8/);
    const burnt = await downloaded(urls.download(BASE, url));
    const [spoken] = source.spoken;
    expect(await yellowBelow(burnt, (spoken?.startS ?? 0) + 1)).toBeGreaterThan(200);
    expect(await yellowBelow(burnt, 0.1)).toBeLessThan(20);
    expect(await published.burnCaptions({ ...wish, style: { fontSize: 30, primary_colour: '&H0000FFFF' } })).toBe(url);
    await expect(published.burnCaptions({ ...wish, style: { fontName: "x':b=" } })).rejects.toMatchObject({
      field: 'subtitle_style.fontName',
    });
    await expect(published.burnCaptions({ ...wish, language: 'fr' })).rejects.toMatchObject({ code: 'no-captions' });
  });
});
