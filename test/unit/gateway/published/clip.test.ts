import { describe, expect, it } from 'vitest';
import { clipOf, clipPlaylist, clipRange } from '../../../../demo/server/media/published/clip.ts';
import { recordingOf, segmentsOf, START_MS } from './segments.ts';

/** 20 s, away for 10 s, 20 s. */
const recording = recordingOf(segmentsOf({ count: 10, startMs: START_MS }, { count: 10, startMs: START_MS + 30_000 }));
const lines = (startMs: number, endMs: number): readonly string[] =>
  clipPlaylist(recording, { startMs: START_MS + startMs, endMs: START_MS + endMs }).split('\n');

describe('a clip’s playlist', () => {
  it('holds what overlaps the range and begins within its first segment exactly where asked for', () => {
    expect(lines(3500, 6000)).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-START:TIME-OFFSET=1.5,PRECISE=YES',
      '#EXT-X-MAP:URI="i0.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-20T09:00:02.000Z',
      '#EXTINF:2,',
      's1.m4s',
      '#EXTINF:2,',
      's2.m4s',
      '#EXT-X-ENDLIST',
      '',
    ]);
  });

  it('tells a date at its beginning and after each gap alone, with the new epoch’s description', () => {
    const all = lines(0, 60_000);
    expect(all.filter((line) => line.startsWith('#EXT-X-PROGRAM-DATE-TIME'))).toHaveLength(2);
    const cut = all.indexOf('#EXT-X-DISCONTINUITY');
    expect(all.slice(cut, cut + 5)).toEqual([
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="i1.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-20T09:00:30.000Z',
      '#EXTINF:2,',
      's10.m4s',
    ]);
    expect(all).not.toContain(expect.stringContaining('EXT-X-START'));
  });

  it('dates what is shown, and dates it anew where the source’s clock has drifted', () => {
    // A source whose second lasts 1.002 of ours, with pictures that are sent before they are shown.
    const drifting = segmentsOf({ count: 10, startMs: START_MS }).map((segment, index) => ({
      ...segment,
      ...{ startMs: segment.startMs + index * 4, lagMs: 80 },
    }));
    const all = clipPlaylist(recordingOf(drifting), { startMs: START_MS, endMs: START_MS + 20_000 }).split('\n');
    const dated = all.flatMap((line, index) =>
      line.startsWith('#EXT-X-PROGRAM-DATE-TIME:') ? [[line.slice(25), all[index + 2]]] : [],
    );
    expect(dated).toEqual([
      ['2026-11-20T09:00:00.080Z', 's0.m4s'],
      ['2026-11-20T09:00:12.104Z', 's6.m4s'],
    ]);
  });

  it('a segment that retention or a broken disk took from the middle is a discontinuity, too', () => {
    const holed = recordingOf(segmentsOf({ count: 5, startMs: START_MS }).filter(({ sequence }) => sequence !== 2));
    expect(clipPlaylist(holed, { startMs: START_MS, endMs: START_MS + 10_000 }).match(/DISCONTINUITY/g)).toHaveLength(1);
  });

  it.each([
    ['both times in one whole second', 5000, 5000, ['s2.m4s']],
    ['half before the recording', -5000, 1000, ['s0.m4s']],
    ['half after it', 48_500, 90_000, ['s19.m4s']],
    ['begins within the gap', 25_000, 31_000, ['s10.m4s']],
  ])('%s: what there is', (_name, startMs, endMs, files) => {
    expect(lines(startMs, endMs).filter((line) => line.endsWith('.m4s'))).toEqual(files);
  });

  it('tells how long what is there lasts, the gap closed', () => {
    const { skipMs, durationMs } = clipOf(recording, { startMs: START_MS + 19_000, endMs: START_MS + 31_500 });
    expect([skipMs, durationMs]).toEqual([1000, 2500]);
    // Clients cut times to whole seconds: nothing at all is asked for then.
    expect(clipOf(recording, { startMs: START_MS + 5000, endMs: START_MS + 5000 }).durationMs).toBe(1000);
  });
});

describe('ranges of which nothing is there', () => {
  it.each([
    [-10_000, -5000],
    [22_000, 24_000],
    [70_000, 80_000],
  ])('%i to %i ms: the words say what is kept', (startMs, endMs) => {
    expect(() => lines(startMs, endMs)).toThrow(
      expect.objectContaining({
        code: 'nothing-recorded',
        message: expect.stringContaining('between 2026-11-20T09:00:00.000Z and 2026-11-20T09:00:50.000Z') as string,
      }),
    );
  });

  it('an end before its start, and what is no time, name the field', () => {
    expect(() => clipRange({ startMs: 2000, endMs: 1000 })).toThrow(expect.objectContaining({ code: 'bad-range', field: 'end' }));
    expect(() => clipRange({ startMs: NaN, endMs: 1000 })).toThrow(expect.objectContaining({ field: 'start' }));
    expect(() => clipPlaylist(recordingOf([]), { startMs: 0, endMs: 1e15 })).toThrow('Nothing is kept of this stream.');
  });
});
