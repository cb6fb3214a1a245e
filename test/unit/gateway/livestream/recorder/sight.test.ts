import { describe, expect, it } from 'vitest';
import { hostNameOf, isPage, liveIdOf } from '../../../../../demo/server/livestream/recorder/identity.ts';
import { rtmpAddress } from '../../../../../demo/server/livestream/recorder/look-rtmp.ts';
import { sightOf } from '../../../../../demo/server/livestream/recorder/look-rtsp.ts';
import { readPlaylist, sightOfBytes, sightOfPlaylist } from '../../../../../demo/server/livestream/recorder/sight.ts';
import type { Sight } from '../../../../../demo/server/livestream/recorder/sight.ts';

/** What playlists, first bytes, answers and addresses mean. */

const playlist = (...lines: string[]): Sight => {
  const read = readPlaylist(['#EXTM3U', '#EXT-X-TARGETDURATION:4', ...lines].join('\r\n'));
  if (read.kind !== 'media') throw new Error('not of pieces');
  return sightOfPlaylist(read);
};

describe('a playlist', () => {
  it('is live while it has no end, and its newest piece is its mark', () => {
    const one = playlist('#EXT-X-MEDIA-SEQUENCE:7', '#EXTINF:4,', 'a.ts');
    expect(one).toEqual({ kind: 'live', mark: '8.0 a.ts', againMs: 2000 });
    const grown = playlist('#EXT-X-MEDIA-SEQUENCE:7', '#EXTINF:4,', 'a.ts', '#EXTINF:4,', 'b.ts');
    // One that is written over and over has the same names again.
    const moved = playlist('#EXT-X-MEDIA-SEQUENCE:8', '#EXTINF:4,', 'a.ts');
    const parts = playlist('#EXT-X-MEDIA-SEQUENCE:7', '#EXTINF:4,', 'a.ts', '#EXT-X-PART:DURATION=1,URI="p.m4s"');
    const marks = [one, grown, moved, parts].map((sight) => (sight.kind === 'live' ? sight.mark : null));
    expect(new Set(marks).size).toBe(4);
  });

  it('that is empty is nothing yet, one with an end is over, one of others names the first', () => {
    expect(playlist().kind).toBe('absent');
    expect(playlist('#EXTINF:4,', 'a.ts', '#EXT-X-ENDLIST').kind).toBe('over');
    expect(readPlaylist('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/a.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8')).toEqual({
      ...{ kind: 'master', first: 'low/a.m3u8' },
    });
  });
});

describe('first bytes', () => {
  const bytes = (text: string, length = 400): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]);
  const stream = bytes('G');
  stream[188] = 0x47;

  it.each([
    ['FLV without an end', bytes('FLV\x01'), 'video/x-flv', null, 'live'],
    ['FLV with a length', bytes('FLV\x01'), '', 1000, 'file'],
    ['MP4', bytes('\0\0\0\x18ftypisom'), 'application/octet-stream', 1000, 'file'],
    ['WebM', bytes('\x1aE\xdf\xa3'), '', 1000, 'file'],
    ['a transport stream', stream, '', null, 'live'],
    ['what is said to be video', bytes('?'), 'video/mp4', 10, 'file'],
    ['a page', bytes('<!doctype html>'), 'text/html', 100, 'unresolved'],
    ['a G alone', bytes('G'), 'text/plain', 100, 'unresolved'],
    ['nothing', Buffer.alloc(0), 'video/mp4', 0, 'absent'],
  ] as const)('%s', (_what, given, type, length, kind) => {
    expect(sightOfBytes(given, type, length).kind).toBe(kind);
  });
});

it('an RTSP answer tells whether there is something, and a password that is asked for whether it is known', () => {
  const kinds = [200, 404, 454, 302].map((status) => sightOf(status, false).kind);
  expect(kinds).toEqual(['live', 'absent', 'absent', 'unsure']);
  expect([sightOf(401, true).kind, sightOf(401, false).kind]).toEqual(['unsure', 'absent']);
});

it('an RTMP address is taken apart as ffmpeg does', () => {
  expect(rtmpAddress('rtmp://h:1936/live/key?a=b')).toEqual({ app: 'live', streamName: 'key?a=b', tcUrl: 'rtmp://h:1936/live' });
  expect(rtmpAddress('rtmp://h/app/instance/key')).toMatchObject({ app: 'app/instance', streamName: 'key' });
});

describe('what a broadcast is known by', () => {
  it('is the same for one address, and no other', () => {
    const id = liveIdOf('https://live.bilibili.com/12345');
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(liveIdOf('HTTPS://live.bilibili.com:443/12345#x')).toBe(id);
    expect(liveIdOf('https://live.bilibili.com/12346')).not.toBe(id);
  });

  it.each([
    ['https://live.bilibili.com/12345', 'live.bilibili.com/12345', true],
    ['https://example.com/直播/', 'example.com/直播', true],
    ['https://example.com/%zz', 'example.com/%zz', true],
    ['https://cdn.example.com:8443/secret/live.m3u8?key=k', 'cdn.example.com:8443', false],
    ['rtmp://user:word@example.com/live/streamkey', 'example.com', false],
    ['file:///films/a%20film.mp4', 'a film.mp4', false],
  ])('%s', (url, name, page) => {
    expect([hostNameOf(url), isPage(url)]).toEqual([name, page]);
  });
});
