import { describe, expect, it } from 'vitest';
import { decodeShots } from '../../../../demo/server/media/published/shots.ts';
import { createMediaUrls } from '../../../../demo/server/media/published/urls.ts';

const urls = createMediaUrls('a key');
const BASE = 'https://gateway.test/voice';
const STREAM = 'rts-0190a6c2-1111-7000-8000-000000000001';
const VIDEO = 'm-0190a6c2-2222-7000-8000-000000000002';
const START_MS = 1_763_600_005_250;

const pathAndSignature = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  return [pathname.replace('/voice', ''), searchParams.get('s') ?? undefined] as const;
};

describe('addresses of streams', () => {
  it('a clip tells its range in 16 digits of microseconds, as VideoDB’s own notebooks read it', () => {
    const url = urls.clip(BASE, STREAM, START_MS, START_MS + 4750);
    expect(url).toMatch(/\/manifests\/(rts-[\w-]+)\/1763600005250000-1763600010000000\.m3u8\?s=[\w-]{22}$/);
    expect(urls.read(url)).toEqual({ kind: 'clip', streamId: STREAM, startMs: START_MS, endMs: START_MS + 4750 });
  });

  it('a signature opens its own path and no other: other times, another stream, another key', () => {
    const [path, signature] = pathAndSignature(urls.clip(BASE, STREAM, START_MS, START_MS + 1000));
    expect(urls.verifies(path, signature)).toBe(true);
    expect(urls.verifies(path.replace('1763600005', '1763600000'), signature)).toBe(false);
    expect(urls.verifies(path.replace('rts-0', 'rts-1'), signature)).toBe(false);
    expect(urls.verifies(path, undefined)).toBe(false);
    expect(urls.verifies(path, `${signature}x`)).toBe(false);
    expect(createMediaUrls('another key').verifies(path, signature)).toBe(false);
  });

  it.each([
    ['live', urls.live(BASE, STREAM), { kind: 'live', streamId: STREAM }],
    ['video', urls.video(BASE, VIDEO), { kind: 'video', videoId: VIDEO, rendition: null }],
    ['captions burnt in', urls.subtitled(BASE, VIDEO, 'en-1a2b'), { kind: 'video', videoId: VIDEO, rendition: 'en-1a2b' }],
  ])('%s: read back whatever stands before its path', (_name, url, stream) => {
    expect(urls.read(url)).toEqual(stream);
    expect(urls.read(url.replace(BASE, 'http://127.0.0.1:1/videodb'))).toEqual(stream);
  });

  it('shots are in the address itself, to the millisecond, and hundreds of them still fit', () => {
    const shots = Array.from({ length: 300 }, (_, index) => ({
      videoId: `${VIDEO}${index % 7}`,
      startS: index * 10 + 0.125,
      endS: index * 10 + 3.999,
    }));
    const url = urls.compiled(BASE, shots);
    expect(urls.read(url)).toEqual({ kind: 'compiled', shots });
    expect(url.length).toBeLessThan(4096);
  });

  it.each(['', 'AAAA', Buffer.from('[1]').toString('base64url')])('made-up shots %j are nothing', (text) => {
    expect(decodeShots(text)).toBeNull();
  });

  it.each([
    'not a url at all',
    'https://elsewhere.test/film.m3u8',
    'javascript:alert(1)',
    `${BASE}/live/../../etc/index.m3u8?s=x`,
  ])('not ours: %s', (url) => {
    expect(urls.read(url)).toBeNull();
    expect(urls.download(BASE, url)).toBeNull();
  });

  it('an address of ours whose path or signature was changed is not ours any more', () => {
    const url = urls.video(BASE, VIDEO);
    for (const changed of [url.replace('?s=', '?s=x'), url.replace('?s=', '?t='), url.replace(VIDEO, `${VIDEO}0`)]) {
      expect(urls.read(changed)).toBeNull();
    }
  });
});

describe('addresses around them', () => {
  it('the player page has `/watch?` and `v=` with the stream’s address whole', () => {
    const url = urls.player(BASE, urls.video(BASE, VIDEO));
    expect(url).toContain('/voice/watch?v=');
    expect(new URL(url).searchParams.get('v')).toBe(urls.video(BASE, VIDEO));
  });

  it('a title in the player’s address is believed only as this gateway wrote it', () => {
    const stream = urls.video(BASE, VIDEO);
    const about = { title: 'Sprint <review>', description: 'Friday' };
    const query = new URL(urls.player(BASE, stream, about)).searchParams;
    expect(query.get('title')).toBe('Sprint <review>');
    expect(urls.verifiesAbout(stream, about, query.get('a') ?? undefined)).toBe(true);
    expect(urls.verifiesAbout(stream, { ...about, title: 'Enter your password' }, query.get('a') ?? undefined)).toBe(false);
  });

  it('a download has the same path with .mp4, signed for itself; a live stream has none', () => {
    const url = urls.download(BASE, urls.clip(BASE, STREAM, START_MS, START_MS + 1000), 'Roses & co');
    const [path, signature] = pathAndSignature(url ?? '');
    expect(path).toMatch(/\.mp4$/);
    expect(urls.verifies(path, signature)).toBe(true);
    expect(new URL(url ?? '').searchParams.get('name')).toBe('Roses & co');
    expect(urls.download(BASE, urls.live(BASE, STREAM))).toBeNull();
  });
});
