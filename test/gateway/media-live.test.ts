import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveRoutes } from '../../demo/server/http/live.ts';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { LiveMedia } from '../../demo/server/media/create-media.ts';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import { ffmpegPath, film } from '../support/media-samples.ts';

/** The live picture as a player asks for it. */

const urls = createMediaUrls('a key');
const configOf = (dataDir: string) => ({
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: null, webhookSecret: null, recordingBytes: 1e9, maxStreams: 4 },
});
const ffmpegHere = () => ({ ffmpeg: ffmpegPath(), ffprobe: null, how: 'system', limited: false }) as const;
let folder = '';
let media: LiveMedia;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-live-'));
  media = await createMedia({ config: configOf(folder), ffmpeg: ffmpegHere(), log: pino({ level: 'silent' }) });
  app = fastify();
  liveRoutes(app, { media, urls });
  await app.ready();
  const { path } = await film({ seconds: 7 });
  media.stream('rts-a', { kind: 'url', url: path }, { tracks: ['audio', 'video'], store: true }).start();
}, 60_000);
afterAll(async () => {
  await app.close();
  await media.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const signed = new URL(urls.live('http://x', 'rts-a'));
const address = signed.pathname + signed.search;

async function mediaPlaylist(query = ''): Promise<string> {
  const master = await get(address);
  expect(master.statusCode).toBe(200);
  const variant = master.body.trim().split('\n').at(-1) ?? '';
  const answer = await get(`/live/rts-a/${variant}${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

describe('a live stream over HTTP', () => {
  it('is told with codecs, on signed addresses only, for any page', async () => {
    const master = await get(address, { origin: 'https://elsewhere.example' });
    expect(master.body).toMatch(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2",RESOLUTION=640x360\nmedia\.m3u8\?s=/);
    expect(master.headers).toMatchObject({
      ...{ 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
      'content-type': 'application/vnd.apple.mpegurl',
    });
    for (const wrong of ['/live/rts-a/index.m3u8', '/live/rts-a/media.m3u8?s=AAAA', address.replace('rts-a', 'rts-b')]) {
      const answer = await get(wrong);
      expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([404, '*']);
    }
  });

  it('holds a reload until what it asks for is there', async () => {
    const before = await mediaPlaylist();
    const sequence = Number(/MEDIA-SEQUENCE:(\d+)/.exec(before)?.[1]);
    const finished = before.match(/^#EXTINF/gm)?.length ?? 0;
    const next = sequence + finished + 1;
    const after = await mediaPlaylist(`&_HLS_msn=${String(next)}&_HLS_part=0`);
    expect(after.match(/^#EXTINF/gm)?.length).toBe(finished + 1);
    expect(after).toMatch(new RegExp(`EXT-X-PART:[^\n]*-${String(next)}-0\\.m4s`));
    const media_ = address.replace('index', 'media');
    expect((await get(`${media_}&_HLS_msn=${String(next + 50)}`)).statusCode).toBe(400);
    expect((await get(`${media_}&_HLS_part=1`)).statusCode).toBe(400);
    expect((await get(`${media_}&_HLS_msn=x`)).statusCode).toBe(400);
  });

  it('gives the description, the parts as they come, the hinted one when it is there, and whole segments', async () => {
    const playlist = await mediaPlaylist();
    const fetch = async (name: string | undefined): Promise<Buffer> => {
      const answer = await get(`/live/rts-a/${name ?? ''}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['cache-control']).toContain('immutable');
      return answer.rawPayload;
    };
    const splitter = new Fmp4Splitter();
    const init = await fetch(/MAP:URI="([^"]+)"/.exec(playlist)?.[1]);
    expect(splitter.push(init)[0]?.type).toBe('init');
    const parts = [...playlist.matchAll(/PART:DURATION=[\d.]+,URI="([^"]+)"/g)].map(([, name]) => name);
    for (const part of parts) expect(splitter.push(await fetch(part))).toHaveLength(1);
    expect(splitter.push(await fetch(/PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(playlist)?.[1]))).toHaveLength(1);
    const segment = /^[\w-]+\.m4s$/m.exec(playlist)?.[0];
    expect(new Fmp4Splitter().push(Buffer.concat([init, await fetch(segment)])).length).toBeGreaterThan(2);
    for (const name of ['index.jsonl', '..%2f..%2fetc%2fpasswd', 'AAAAAAAAAAAAAAAAAAAAAAAA.m4s'])
      expect((await get(`/live/rts-a/${name}`)).statusCode).toBe(404);
  });

  it('is compressed, and ends', async () => {
    const health = media.find('rts-a')?.health;
    if (health === undefined) throw new Error('no stream');
    await firstValueFrom(
      health.pipe(
        filter(({ state }) => state === 'ended'),
        timeout(60_000),
      ),
    );
    const answer = await get(address.replace('index', 'media'), { 'accept-encoding': 'gzip' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    const playlist = await mediaPlaylist('&_HLS_msn=2');
    expect(playlist.trimEnd().endsWith('#EXT-X-ENDLIST')).toBe(true);
    const dates = [...playlist.matchAll(/DATE-TIME:(\S+)\n(?:#EXT-X-PART.*\n)*#EXTINF:([\d.]+)/g)];
    for (const [index, [, date = '']] of dates.entries()) {
      const before = dates[index - 1];
      if (before === undefined) continue;
      const expected = Date.parse(before[1] ?? '') + Number(before[2]) * 1000;
      expect(Math.abs(Date.parse(date) - expected)).toBeLessThanOrEqual(4);
    }
  });

  it('is still shown, as something that is over, by a gateway that began anew', async () => {
    await media.find('rts-a')?.stop();
    const segments = (await mediaPlaylist()).match(/^[\w-]+\.m4s$/gm);
    const again = await createMedia({ config: configOf(folder), ffmpeg: ffmpegHere(), log: pino({ level: 'silent' }) });
    const served = fastify();
    liveRoutes(served, { media: again, urls });
    const master = await served.inject({ url: address });
    expect(master.body).toMatch(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2",RESOLUTION=640x360\nmedia\.m3u8\?s=/);
    const playlist = (await served.inject({ url: `/live/rts-a/${master.body.trim().split('\n').at(-1) ?? ''}` })).body;
    expect(playlist.match(/^[\w-]+\.m4s$/gm)).toEqual(segments);
    expect(playlist.trimEnd().endsWith('#EXT-X-ENDLIST')).toBe(true);
    expect((await served.inject({ url: `/live/rts-a/${segments?.[0] ?? ''}` })).statusCode).toBe(200);
    // A source that is waited for: what there is, and more may come.
    again.stream('rts-a', { kind: 'bytes', open: () => new PassThrough() }, { tracks: ['audio', 'video'], store: true }).start();
    const waiting = (await served.inject({ url: address.replace('index', 'media') })).body;
    expect(waiting.match(/^[\w-]+\.m4s$/gm)).toEqual(segments);
    expect(waiting).toMatch(new RegExp(`PRELOAD-HINT:TYPE=PART,URI="[^"]*-${String(segments?.length)}-0\\.m4s"`));
    await served.close();
    await again.close();
  });
});
