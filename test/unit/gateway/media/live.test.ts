import { describe, expect, it } from 'vitest';
import { LiveWindow } from '../../../../demo/server/media/live/live-window.ts';
import { isThere, livePlaylist, masterPlaylist } from '../../../../demo/server/media/live/playlist.ts';
import type { Segment } from '../../../../demo/server/media/recording.ts';
import { Segmenter } from '../../../../demo/server/media/recording/segmenter.ts';
import type { Fragment } from '../../../../demo/server/media/fmp4/fragment.ts';
import type { InitSegment } from '../../../../demo/server/media/fmp4/init-segment.ts';
import { Fmp4Splitter } from '../../../../demo/server/media/fmp4/splitter.ts';
import { fragmentBytes, fragmentOf, halfSecond, initSegment } from '../../../support/media-boxes.ts';

const T = Date.UTC(2026, 0, 1, 12);

function initOf(): InitSegment {
  const [event] = new Fmp4Splitter().push(initSegment());
  if (event?.type !== 'init') throw new Error('no init');
  return event.init;
}

/** A window that is played into: half seconds, a key frame each second. */
class Show {
  readonly window: LiveWindow;
  readonly #segmenter: Segmenter;
  readonly #kept: Segment[];

  constructor(kept: Segment[] | null = null, nextSequence = 7) {
    this.#kept = kept ?? [];
    const window = (startMs: number): readonly Segment[] =>
      this.#kept.filter((segment) => segment.startMs + segment.durationMs > startMs);
    this.window = new LiveWindow(kept === null ? null : { folder: '/recordings/x', window, ranges: () => [], epoch: () => null });
    let names = 0;
    const name = (): string => `name-${String(names++).padStart(16, '0')}`;
    this.#segmenter = new Segmenter({ nextEpoch: 0, nextSequence, notBeforeMs: 0, settleMs: 1000, name });
    this.connect();
  }

  connect(): this {
    this.#deal(this.#segmenter.init(initOf()));
    return this;
  }

  play(fromS: number, toS: number, lateMs = 0): this {
    for (let startS = fromS; startS < toS; startS += 0.5)
      this.take(fragmentOf(halfSecond(startS, startS % 1 === 0)), T + (startS + 0.5) * 1000 + lateMs);
    return this;
  }

  take(fragment: Fragment, nowMs: number): void {
    this.#deal(this.#segmenter.fragment(fragment, nowMs));
  }

  #deal(events: ReturnType<Segmenter['init']>): void {
    for (const event of events) {
      if (event.type === 'epoch') this.window.epoch(event.epoch);
      else if (event.type === 'part') this.window.part(event.part);
      else this.window.segment(event.segment);
    }
  }

  get playlist(): string {
    return livePlaylist(this.window.snapshot());
  }
}

const lines = (playlist: string, prefix: string): string[] =>
  playlist
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));

describe('a live playlist', () => {
  it('tells whole segments with dates, the growing one in parts, and the part that comes next', () => {
    const { playlist } = new Show().play(0, 5);
    expect(lines(playlist, '#EXT-X-MEDIA-SEQUENCE:')).toEqual(['7']);
    expect(lines(playlist, '#EXTINF:')).toEqual(['2.00000,', '2.00000,']);
    expect(lines(playlist, '#EXT-X-PROGRAM-DATE-TIME:')).toEqual([
      '2026-01-01T12:00:00.000Z',
      '2026-01-01T12:00:02.000Z',
      '2026-01-01T12:00:04.000Z',
    ]);
    expect(lines(playlist, '#EXT-X-PART:')).toHaveLength(10);
    expect(lines(playlist, '#EXT-X-PART:')[0]).toMatch(/^DURATION=0.50000,URI="[\w-]+-7-0\.m4s",INDEPENDENT=YES$/);
    expect(lines(playlist, '#EXT-X-PRELOAD-HINT:')[0]).toMatch(/^TYPE=PART,URI="[\w-]+-9-2\.m4s"$/);
    expect(lines(playlist, '#EXT-X-MAP:')).toHaveLength(1);
    expect(playlist).toContain('CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.500');
    expect(playlist).toContain('#EXT-X-TARGETDURATION:2\n');
  });

  it('dates what is shown first, which may be sent later', () => {
    const snapshot = new Show().play(0, 5).window.snapshot();
    const { segments, open } = snapshot;
    const late = segments.map((segment) => ({ ...segment, lagMs: 80 }));
    const playlist = livePlaylist({ ...snapshot, segments: late, open: open === null ? null : { ...open, lagMs: 120 } });
    expect(lines(playlist, '#EXT-X-PROGRAM-DATE-TIME:')).toEqual([
      '2026-01-01T12:00:00.080Z',
      '2026-01-01T12:00:02.080Z',
      '2026-01-01T12:00:04.120Z',
    ]);
  });

  it('dates the growing segment by what is shown first as well', () => {
    // Two tenths of a second after it is sent.
    const pictures = {
      count: 0,
      duration: 0,
      durations: [1280, 1280, 1280, 1280, 1280],
      shownAfter: [2560, 2560, 2560, 2560, 2560],
    };
    const show = new Show();
    for (let startS = 0; startS < 2.5; startS += 0.5)
      show.take(fragmentOf(fragmentBytes([{ id: 1, decode: startS * 12_800, ...pictures }])), T + startS * 1000 + 700);
    expect(show.window.snapshot()).toMatchObject({ segments: [{ lagMs: 200 }], open: { lagMs: 200 } });
  });

  it('shows parts of the last three target durations only', () => {
    const { playlist } = new Show().play(0, 13);
    const sequences = lines(playlist, '#EXT-X-PART:').map((line) => /-(\d+)-\d+\.m4s/.exec(line)?.[1]);
    expect([...new Set(sequences)]).toEqual(['10', '11', '12', '13']);
  });

  it('marks where the source was away', () => {
    const show = new Show().play(0, 4).connect().play(0, 2, 10_000);
    expect(lines(show.playlist, '#EXT-X-DISCONTINUITY')).toEqual(['-SEQUENCE:0', '']);
    expect(lines(show.playlist, '#EXT-X-MAP:')).toHaveLength(2);
    expect(lines(show.playlist, '#EXT-X-PROGRAM-DATE-TIME:').at(-1)).toBe('2026-01-01T12:00:10.000Z');
  });

  it('keeps a hint while the source is away, because hls.js stalls without', () => {
    const show = new Show().play(0, 3).connect();
    expect(show.window.snapshot().open).toBeNull();
    expect(lines(show.playlist, '#EXT-X-PRELOAD-HINT:')).toHaveLength(1);
  });

  it('ends', () => {
    const show = new Show().play(0, 4);
    show.window.end();
    expect(show.playlist.trimEnd().endsWith('#EXT-X-ENDLIST')).toBe(true);
    expect(lines(show.playlist, '#EXT-X-PRELOAD-HINT:')).toEqual([]);
  });

  it('goes back to the disk, but not over a hole', () => {
    const old = (sequence: number, startS: number): Segment => ({
      ...{ sequence, epoch: 0, file: `old-${String(sequence)}.m4s`, init: 'old.mp4' },
      ...{ startMs: T + startS * 1000, durationMs: 2000, bytes: 1, decodeS: 0 },
    });
    const whole = new Show([old(5, -4), old(6, -2)]).play(0, 4);
    expect(lines(whole.playlist, 'old-')).toEqual(['5.m4s', '6.m4s']);
    const holed = new Show([old(4, -6), old(6, -2)]).play(0, 4);
    expect(lines(holed.playlist, 'old-')).toEqual(['6.m4s']);
    expect(lines(new Show([old(6, -3 * 3600)]).play(0, 4).playlist, 'old-')).toEqual([]);
  });

  it('keeps in memory what is not on the disk, a minute of it', () => {
    const show = new Show().play(0, 200);
    const { segments } = show.window.snapshot();
    expect(segments.length).toBeGreaterThanOrEqual(28);
    expect(segments.length).toBeLessThanOrEqual(32);
    expect(show.window.file(segments[0]?.file ?? '')).not.toBeNull();
    expect(show.window.file('name-0000000000000001.m4s')).toBeNull();
  });

  it('gives only files of its own', () => {
    const show = new Show([]).play(0, 5);
    const hint = /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(show.playlist)?.[1] ?? '';
    expect(show.window.file(hint)).toBeNull();
    expect(show.window.expects(hint)).toBe(true);
    show.play(5, 5.5);
    expect(show.window.file(hint)).not.toBeNull();
    expect(show.window.expects(hint)).toBe(false);
    for (const name of ['../index.jsonl', 'index.jsonl', '..%2fx.m4s', '']) expect(show.window.file(name)).toBeNull();
  });
});

describe('a blocking reload', () => {
  it('is answered when the part, or the segment, is there', () => {
    const snapshot = new Show().play(0, 5).window.snapshot();
    expect([isThere(snapshot, 8, null), isThere(snapshot, 8, 30)]).toEqual([true, true]);
    expect([isThere(snapshot, 9, 1), isThere(snapshot, 9, 2), isThere(snapshot, 9, null)]).toEqual([true, false, false]);
    expect(isThere(snapshot, 10, 0)).toBe(false);
  });
});

describe('the master playlist', () => {
  it('tells codecs and size', () => {
    const text = masterPlaylist({ codecs: 'avc1.64001f,mp4a.40.2', width: 640, height: 360 }, 400_000, 'media.m3u8?s=x');
    expect(text).toContain(
      '#EXT-X-STREAM-INF:BANDWIDTH=600000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360\nmedia.m3u8?s=x',
    );
  });
});
