import { describe, expect, it } from 'vitest';
import { chaptersOf } from '../../../../demo/server/media/published/chapters.ts';
import type { SeenScene } from '../../../../demo/server/media/published/chapters.ts';
import { compiledPlaylist, within } from '../../../../demo/server/media/published/compiled.ts';
import { bandwidthOf, captionsPlaylist, masterPlaylist } from '../../../../demo/server/media/published/master.ts';
import { closed } from '../../../../demo/server/media/published/retimed.ts';
import { forceStyle } from '../../../../demo/server/media/published/subtitle-style.ts';
import { shown, sizeOf, spacing, thumbnailCues } from '../../../../demo/server/media/published/thumbnails.ts';
import { facts, segmentsOf, START_MS } from './segments.ts';

const segments = segmentsOf(
  { count: 10, startMs: START_MS, decodeS: 122 },
  { count: 10, startMs: START_MS + 30_000, decodeS: 5 },
);

describe('the master playlist', () => {
  it('has every codec once, the largest size, and the bandwidth of its worst moment', () => {
    const mixed = [...segments, ...segmentsOf({ count: 1, startMs: START_MS, durationMs: 1000 })];
    expect(bandwidthOf(mixed)).toEqual({ peak: 2_000_000, average: 1_024_391 });
    const epochs = [facts(0), facts(1, { codecs: 'avc1.640028,mp4a.40.2', width: 1920, height: 1080 })];
    expect(masterPlaylist('../files/x/', segments, epochs, [])).toContain(
      'BANDWIDTH=1000000,AVERAGE-BANDWIDTH=1000000,CODECS="avc1.64001f,mp4a.40.2,avc1.640028",RESOLUTION=1920x1080\n../files/x/media.m3u8',
    );
  });

  it('of sound alone has no size; a name with quotation marks ends nothing', () => {
    const sound = facts(0, { codecs: 'mp4a.40.2', width: null, height: null, hasVideo: false });
    const master = masterPlaylist('', segments, [sound], [{ language: 'en', name: 'He said "hi"\n', original: true }]);
    expect(master).not.toContain('RESOLUTION');
    expect(master).toContain('NAME="He said  hi",LANGUAGE="en",DEFAULT=YES');
    expect(captionsPlaylist('captions-en.vtt', 40_400)).toContain('#EXT-X-TARGETDURATION:41\n');
  });
});

describe('compiled shots', () => {
  const videos = {
    folder: (id: string) => Promise.resolve(`/videos/${id}`),
    index: () => Promise.resolve({ segments, epochs: [facts(0), facts(1)] }),
  };
  const files = async (...shots: readonly (readonly [string, number, number])[]) =>
    (
      await compiledPlaylist(
        shots.map(([videoId, startS, endS]) => ({ videoId, startS, endS })),
        videos,
        (_folder, segment) => Promise.resolve(segment),
      )
    )
      .split('\n')
      .filter((line) => /m4s$|DISCONTINUITY/.test(line))
      .map((line) => line.replace('../published/files/', ''));

  it('parts videos, far shots and gaps by a discontinuity each', async () => {
    expect(await files(['m-a', 3, 5], ['m-b', 19, 21])).toEqual([
      ...['m-a/s1.m4s', 'm-a/s2.m4s', '#EXT-X-DISCONTINUITY'],
      ...['m-b/s9.m4s', '#EXT-X-DISCONTINUITY', 'm-b/s10.m4s'],
    ]);
  });

  it('two shots within one segment play it once; two that touch play on', async () => {
    expect(await files(['m-a', 2.2, 2.8], ['m-a', 3.1, 5])).toEqual(['m-a/s1.m4s', 'm-a/s2.m4s']);
  });

  it('the same again after another is played again', async () => {
    expect(await files(['m-a', 0, 1], ['m-b', 0, 1], ['m-a', 0, 1])).toEqual([
      ...['m-a/s0.m4s', '#EXT-X-DISCONTINUITY', 'm-b/s0.m4s', '#EXT-X-DISCONTINUITY', 'm-a/s0.m4s'],
    ]);
  });

  it('a shot outside its video and a backward one are told', () => {
    expect(() => within(segments, { videoId: 'm-a', startS: 41, endS: 42 })).toThrow(
      'm-a is 40.000 s long; a shot begins at 41 s.',
    );
    expect(() => within(segments, { videoId: 'm-a', startS: 2, endS: 1 })).toThrow('must end after it begins');
    expect(within(segments, { videoId: 'm-a', startS: 2, endS: 2 })).toMatchObject({ skipMs: 0, durationMs: 1000 });
    expect(within(segments, { videoId: 'm-a', startS: 39, endS: 50 })).toMatchObject({ skipMs: 1000, durationMs: 1000 });
  });
});

describe('pieces of a file', () => {
  it('follow one another over a gap, whatever their own clocks', () => {
    const pieces = closed([{ folder: '/r', segments }]);
    const at = pieces.map(({ segment, shiftS }) => segment.decodeS + shiftS);
    at.forEach((begin, index) => expect(begin).toBeCloseTo(index * 2, 9));
  });
});

describe('thumbnails', () => {
  it.each([
    [20_000, 2000],
    [300_000, 3000],
    [3_600_000, 10_000],
    [86_400_000, 86_400],
  ])('of %i ms: one every %i ms', (durationMs, everyMs) => {
    expect(spacing(durationMs)).toBe(everyMs);
  });

  it('show the segment in which their time lies, each once', () => {
    const pieces = closed([{ folder: '/r', segments }]);
    expect(shown(pieces, 5000).map(({ segment }) => segment.file)).toEqual(
      ['s0', 's2', 's5', 's7', 's10', 's12', 's15', 's17'].map((name) => `${name}.m4s`),
    );
    expect(shown(pieces, 100)).toHaveLength(20);
  });

  it('have the picture’s shape; the hundred and first is on the next sheet', () => {
    expect(sizeOf([facts(0)])).toEqual({ width: 160, height: 90 });
    expect(sizeOf([facts(0, { width: 720, height: 1280 })])).toEqual({ width: 90, height: 160 });
    expect(sizeOf([facts(0, { width: null })])).toBeNull();
    const times = Array.from({ length: 101 }, (_, index) => index * 10_000);
    const cues = thumbnailCues(times, 1_010_000, { width: 160, height: 90 });
    expect(cues[99]?.text).toBe('thumbnails-1.jpg#xywh=1440,810,160,90');
    expect(cues[100]).toEqual({ startMs: 1_000_000, endMs: 1_010_000, text: 'thumbnails-2.jpg#xywh=0,0,160,90' });
  });
});

describe('chapters', () => {
  const scene = (startMs: number, text: string, change: Partial<SeenScene> = {}): SeenScene => ({
    ...{ indexId: 'a', visual: true, startMs, endMs: startMs + 2000, text, data: null },
    ...change,
  });

  it('like scenes are one; the chapters cover everything', () => {
    const scenes = [
      scene(4000, 'A browser shows the roadmap page.'),
      scene(15_000, 'The browser shows the roadmap page'),
      scene(30_000, 'A terminal runs the test suite. Nine pass.'),
      scene(60_000, 'A spreadsheet with the yearly budget.'),
    ];
    expect(chaptersOf([...scenes].reverse(), 90_000)).toEqual(chaptersOf(scenes, 90_000));
    expect(chaptersOf(scenes, 90_000)).toEqual([
      { startMs: 0, endMs: 30_000, title: 'A browser shows the roadmap page' },
      { startMs: 30_000, endMs: 60_000, title: 'A terminal runs the test suite' },
      { startMs: 60_000, endMs: 90_000, title: 'A spreadsheet with the yearly budget' },
    ]);
  });

  it('are long enough to be chosen, and few enough to be looked over', () => {
    const hour = Array.from({ length: 1800 }, (_, index) => scene(index * 2000, `word${index} other${index}`));
    const chapters = chaptersOf(hour, 3_600_000);
    expect(chapters.length).toBeLessThanOrEqual(60);
    for (const { startMs, endMs } of chapters) expect(endMs - startMs).toBeGreaterThanOrEqual(10_000);
  });

  it('what was seen comes before what was heard; JSON is told by its names', () => {
    const heard = scene(0, 'They talk.', { visual: false, indexId: 'b' });
    const seen = scene(0, '{"app_name":"Slack","contains_text":true}', { data: { app_name: 'Slack', contains_text: true } });
    expect(chaptersOf([heard, heard, seen], 60_000).map(({ title }) => title)).toEqual(['Slack']);
    // Whatever stands before its name.
    const named = { colour: 'light green', app_name: 'Slack', note: 'Nothing is open' };
    expect(chaptersOf([scene(0, '{}', { data: named })], 60_000).map(({ title }) => title)).toEqual(['Slack']);
    expect(chaptersOf([heard], 60_000)).toHaveLength(1);
    expect(chaptersOf([], 60_000)).toEqual([]);
  });

  it('have a title of one line, cut between words', () => {
    const [chapter] = chaptersOf([scene(0, `${'a browser '.repeat(20)}\nshows it. And more.`)], 60_000);
    expect(chapter?.title).toMatch(/^a browser .*(browser|a)…$/);
    expect(chapter?.title.length).toBeLessThanOrEqual(80);
  });
});

describe('a style for burnt-in captions', () => {
  it('takes either spelling and leaves out what the renderer does not know', () => {
    expect(
      forceStyle({ font_name: 'DejaVu Sans', fontSize: 24, bold: true, primary_colour: '&H00FFFFFF', made_up: 1, angle: null }),
    ).toBe('FontName=DejaVu Sans,FontSize=24,Bold=1,PrimaryColour=&H00FFFFFF');
  });

  it.each([
    ['fontName', "Arial',x=y"],
    ['fontName', 'Arial\\:'],
    ['primary_colour', 'red;rm'],
    ['fontSize', '24'],
    ['fontSize', 1e9],
  ])('%s %j gets through to no command line', (key, value) => {
    expect(() => forceStyle({ [key]: value })).toThrow(
      expect.objectContaining({ code: 'bad-style', field: `subtitle_style.${key}` }),
    );
  });
});
