import { describe, expect, test } from 'vitest';
import { errorOf, kindOf } from '../../../src/video/hls-errors.ts';
import { isFile } from '../../../src/video/picture.ts';
import { remedy, untried, type Tried } from '../../../src/video/recovery.ts';

describe('what is done about a fatal error', () => {
  test('media: mended once in 5 s, built anew the third time within a minute, given up when even that does not help', () => {
    const done: string[] = [];
    let tried: Tried = untried;
    for (const atMs of [0, 6_000, 12_000, 13_000, 14_000, 15_000]) {
      const next = remedy('media', tried, atMs, 0.5);
      done.push(next.type);
      if ('tried' in next) tried = next.tried;
    }
    expect(done).toEqual(['recover-media', 'recover-media', 'rebuild', 'rebuild', 'rebuild', 'give-up']);
    expect(remedy('media', tried, 80_000, 0.5).type).toBe('recover-media');
  });

  test('two within 5 s: the second is no more mending', () => {
    const first = remedy('media', untried, 0, 0.5);
    expect(first.type).toBe('recover-media');
    expect(remedy('media', 'tried' in first ? first.tried : untried, 1_000, 0.5).type).toBe('rebuild');
  });

  test('network: tried again for ever, 1 s doubled to 30 s', () => {
    const waits: number[] = [];
    let tried: Tried = untried;
    for (let turn = 0; turn < 8; turn++) {
      const next = remedy('network', tried, 0, 0.5);
      if (next.type !== 'wait') throw new Error('given up');
      waits.push(next.inMs);
      tried = next.tried;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(remedy('refused', untried, 0, 0.5).type).toBe('give-up');
  });
});

test('hls.js’s errors in our words; no address in any of them', () => {
  const network = { type: 'networkError', details: 'levelLoadError' } as never;
  expect(kindOf(network)).toBe('network');
  expect(kindOf({ type: 'mediaError', details: 'bufferAddCodecError' } as never)).toBe('refused');
  expect(kindOf({ type: 'muxError', details: 'remuxAllocError' } as never)).toBe('other');
  const status = (code: number) =>
    errorOf({ type: 'networkError', details: 'manifestLoadError', response: { url: 'https://a/?sig=1', code } } as never);
  expect([0, 403, 404, 503, 500].map((code) => status(code).code)).toEqual([
    'offline',
    'token-refused',
    'bad-option',
    'server-busy',
    'server-error',
  ]);
  expect(status(403).message).not.toContain('sig');
});

test('files are told from playlists by their address', () => {
  const base = 'https://a.test/page/';
  expect(['x.mp4?k=1', '/v/a.WEBM', 'blob:https://a.test/1', 'sound.mp3#t=1'].map((src) => isFile(src, base))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['x.m3u8', 'live', 'https://b.test/manifest?f=x.mp4'].map((src) => isFile(src, base))).toEqual([false, false, false]);
});
