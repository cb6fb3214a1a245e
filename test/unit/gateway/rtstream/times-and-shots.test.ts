import { describe, expect, it } from 'vitest';
import { extractionOf } from '../../../../demo/server/rtstream/api/extraction.ts';
import { reaches } from '../../../../demo/server/rtstream/api/export.ts';
import { isoTime, toMs, toSeconds } from '../../../../demo/server/rtstream/api/fields.ts';
import { containing, neighbours } from '../../../../demo/server/rtstream/api/paging.ts';
import { windowOf } from '../../../../demo/server/rtstream/api/playback.ts';
import { framesOf } from '../../../../demo/server/rtstream/api/sample-rate.ts';
import { limitsOf, sourceOf } from '../../../../demo/server/rtstream/api/search-body.ts';
import { clampShot } from '../../../../demo/server/rtstream/api/shots.ts';
import { withoutSecrets } from '../../../../demo/server/rtstream/api/stream-facts.ts';
import { withConnection } from '../../../../demo/server/rtstream/api/stream-rows.ts';
import { segmented } from '../../../../demo/server/rtstream/api/segmented.ts';
import { windowSeconds } from '../../../../demo/server/rtstream/api/understanding-body.ts';
import type { VideoLine } from '../../../../demo/server/rtstream/api/video-rows.ts';

/** The arithmetic of the API, without a server. */

describe('times', () => {
  it.each([
    [1763600003.4, 1763600003400],
    [1763600000, 1763600000000],
    [1763600000123, 1763600000123],
    [0, 0],
  ])('%d s are %d ms', (seconds, ms) => {
    expect(toMs(seconds)).toBe(ms);
  });

  it('go to the wire as seconds and come back the same', () => {
    for (const ms of [1763600003401, 1763600000999, 1]) expect(toMs(toSeconds(ms))).toBe(ms);
  });

  it('of a record are ISO without a zone, in µs', () => {
    expect(isoTime(new Date(Date.UTC(2026, 10, 20, 14, 5, 6, 7)))).toBe('2026-11-20T14:05:06.007000');
  });

  it('of a window are at least a second apart', () => {
    expect(windowOf(5, 5)).toEqual({ startMs: 5000, endMs: 6000 });
    expect(windowOf(5, 9)).toEqual({ startMs: 5000, endMs: 9000 });
    expect(() => windowOf(5, 4)).toThrow('end: before start');
  });

  it.each([
    ['10s', 10],
    ['500ms', 0.5],
    ['2m', 120],
    ['10', 10],
    ['1.5 s', 1.5],
    ['0s', null],
    ['2h', null],
    ['-3s', null],
    ['99999s', null],
  ])('a window of %s', (words, seconds) => {
    expect(windowSeconds(words)).toBe(seconds);
  });
});

describe('frames', () => {
  it.each([
    [2, 30, 1],
    [10, 30, 5],
    [4, 60, 4],
    [0.5, 1, 1],
    [3600, 1800, 60],
  ])('%d s at %d a minute: %d', (seconds, rate, frames) => {
    expect(framesOf(seconds, rate)).toBe(frames);
  });

  it('of a window that says them stay', () => {
    expect(extractionOf('time', { time: 2, frame_count: 5 }, 600).config).toEqual({ time: 2, frame_count: 5 });
    expect(extractionOf('time_based', { time: '2' }, 60)).toMatchObject({ type: 'time', config: { time: 2, frame_count: 2 } });
    expect(() => extractionOf('transcript', { segmenter: 'page' }, 30)).toThrow(/^extraction_config\.segmenter: /);
  });
});

describe('shots', () => {
  const video = { id: 'm-1', length: 60.5 };
  it('end where the video does', () => {
    expect(clampShot(video, [50, 99], 's')).toEqual({ videoId: 'm-1', startS: 50, endS: 60.5 });
  });
  it.each<[number, number]>([
    [4, 4],
    [5, 4],
    [61, 62],
  ])('from %d to %d are none', (start, end) => {
    expect(() => clampShot(video, [start, end], 'timeline.0')).toThrow(/^timeline\.0: /);
  });
});

it('a video reaches the end of its recording, or another one is made', () => {
  expect(reaches({ start_ms: 1000, length: 60 }, 61_000)).toBe(true);
  expect(reaches({ start_ms: 1000, length: 59 }, 61_000)).toBe(true);
  expect(reaches({ start_ms: 1000, length: 50 }, 61_000)).toBe(false);
  expect(reaches({ start_ms: null, length: 500 }, 61_000)).toBe(false);
});

describe('a transcript is cut', () => {
  const line = (start_ms: number, text: string, timed = true): VideoLine => ({
    id: 1,
    video_id: 'm-1',
    start_ms,
    end_ms: start_ms + 1000,
    text,
    language: 'en',
    words: timed
      ? text.split(' ').map((word, at) => ({ text: word, startMs: start_ms + at * 100, endMs: start_ms + at * 100 + 90 }))
      : [],
    translations: {},
  });
  const lines = [line(0, 'a b c'), line(4900, 'd e'), line(12_000, 'f', false)];
  const texts = (...wish: Parameters<typeof segmented> extends [unknown, ...infer Rest] ? Rest : never): string[] =>
    segmented(lines, ...wish).map(({ text }) => text);

  it('by words, sentences and seconds', () => {
    expect(texts('word', 1)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(texts('word', 4)).toEqual(['a b c d', 'e f']);
    expect(texts('sentence', 1)).toEqual(['a b c', 'd e', 'f']);
    expect(texts('sentence', 2)).toEqual(['a b c d e', 'f']);
    expect(texts('time', 5)).toEqual(['a b c d', 'e', 'f']);
    expect(segmented(lines, 'time', 5)[0]).toEqual({ start: 0, end: 4.99, text: 'a b c d' });
    expect(segmented([], 'time', 5)).toEqual([]);
  });
});

describe('lists', () => {
  const pages = (offset: number, count: number) =>
    neighbours(
      { mount: '/videodb' },
      'http://h',
      { path: '/rtstream', query: { name: 'a b', ordering: undefined } },
      { limit: 10, offset, count },
    );
  it('tell the pages around', () => {
    expect(pages(0, 10)).toEqual({ next: null, previous: null });
    expect(pages(10, 21)).toEqual({
      next: 'http://h/videodb/rtstream?name=a+b&limit=10&offset=20',
      previous: 'http://h/videodb/rtstream?name=a+b&limit=10&offset=0',
    });
  });
  it('what people type is no pattern', () => {
    expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});

it('a socket is told once, and not more than fifty are', () => {
  expect(withConnection(['a'], 'a')).toEqual(['a']);
  expect(withConnection(['a'], undefined)).toEqual(['a']);
  expect(withConnection(['a'], '')).toEqual(['a']);
  const many = Array.from({ length: 50 }, (_, at) => `ws-${at}`);
  expect(withConnection(many, 'new')).toEqual([...many.slice(1), 'new']);
});

it('limits of a search come from what is said, else from what is usual', () => {
  const standard = { results: 10, score: 0, dynamic: 20 };
  const nothing = {
    result_threshold: undefined,
    score_threshold: undefined,
    dynamic_score_percentage: undefined,
    filter: undefined,
  };
  expect(limitsOf(nothing, standard, 'semantic')).toEqual({
    results: 10,
    score: 0,
    dynamicPercent: 20,
    mode: 'semantic',
    filter: [],
  });
  expect(limitsOf({ ...nothing, filter: { a: 1 }, result_threshold: 3 }, standard, 'keyword')).toMatchObject({
    results: 3,
    filter: [{ a: 1 }],
  });
  expect(limitsOf({ ...nothing, filter: [{}, { b: 2 }] }, standard, 'keyword').filter).toEqual([{ b: 2 }]);
  expect(['spoken_word', 'scene', 'visual', 'keyword', undefined].map(sourceOf)).toEqual([
    'transcript',
    'scene',
    'scene',
    undefined,
    undefined,
  ]);
});

it('a source is told without its secrets', () => {
  expect(withoutSecrets('rtsp://u:p@cam.test:554/a/b?token=t#x')).toBe('rtsp://cam.test:554/a/b');
  expect(withoutSecrets('file:///home/ada/secret.mp4')).toBe('file:');
  expect(withoutSecrets('nonsense')).toBe('');
});
