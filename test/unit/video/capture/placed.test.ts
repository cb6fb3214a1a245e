import { describe, expect, it } from 'vitest';
import { elementAt } from '../../../../src/video/capture/ebml.ts';
import { FrameSlices } from '../../../../src/video/capture/frame-slices.ts';
import { pictureConfig } from '../../../../src/video/capture/picture-codec.ts';
import { SoundTimeline } from '../../../../src/video/capture/sound-timeline.ts';
import { TrackClock } from '../../../../src/video/capture/track-clock.ts';
import { WebmPieces } from '../../../../src/video/capture/webm.ts';
import { webmHead } from '../../../../src/video/capture/webm-writer.ts';

/** What is encoded frame by frame stands where it was captured. */

describe('sound', () => {
  /** Buffers of 10 ms from `fromMs` on. */
  const play = (timeline: SoundTimeline<number>, fromMs: number, count: number, lateMs = 0) =>
    Array.from({ length: count }, (_, index) => timeline.push(fromMs + index * 10, fromMs + index * 10 + lateMs, 10)).flat();

  it('begins at 0, whatever its track counts from, and follows by its samples', () => {
    const timeline = new SoundTimeline<number>();
    const placed = play(timeline, 7000, 60);
    expect(placed).toHaveLength(60);
    expect(placed.map((each) => (each.type === 'sound' ? each.atMs : null))).toEqual(
      Array.from({ length: 60 }, (_, at) => at * 10),
    );
    expect(timeline.zeroMs).toBe(7000);
  });

  it('has silence where samples are missing, as long as they are', () => {
    const timeline = new SoundTimeline<number>();
    play(timeline, 0, 60);
    const placed = play(timeline, 680, 60);
    expect(placed[0]).toEqual({ type: 'silence', ms: 80 });
    expect(placed[1]).toEqual({ type: 'sound', sound: 680, atMs: 680 });
  });

  it('has none where it only came late', () => {
    const timeline = new SoundTimeline<number>();
    play(timeline, 0, 60);
    expect(play(timeline, 600, 20, 80)).toEqual([]);
    const placed = play(timeline, 800, 1);
    expect(placed).toHaveLength(21);
    expect(placed[0]).toEqual({ type: 'sound', sound: 600, atMs: 600 });
  });

  it('hands over at its end what it held back', () => {
    const timeline = new SoundTimeline<number>();
    expect(play(timeline, 100, 3)).toEqual([]);
    expect(timeline.flush()).toHaveLength(3);
  });
});

describe('a track’s clock', () => {
  it('is the one of its earliest frame, and follows a device that drifts', () => {
    const clock = new TrackClock(null);
    clock.came(0, 1_000_090);
    clock.came(40, 1_000_041);
    clock.came(80, 1_000_200);
    expect(clock.zeroMs).toBe(1_000_001);
    for (let second = 1; second < 70; second += 1) clock.came(second * 1000, 1_000_050 + second * 1000);
    expect(clock.zeroMs).toBe(1_000_050);
  });

  it('is the page’s where timestamps count by it', () => {
    const clock = new TrackClock(1_000_000);
    clock.came(500, 1_000_530);
    expect(clock.zeroMs).toBe(1_000_000);
    const other = new TrackClock(1_000_000);
    other.came(500, 1_009_000);
    expect(other.zeroMs).toBe(1_008_500);
  });
});

describe('what goes up', () => {
  const frame = (atMs: number, key: boolean) => ({ atMs, endMs: atMs, key, bytes: Uint8Array.of(atMs & 255, 1, 2) });

  it('is a fifth of a second of whole frames, and a new cluster at each key frame', () => {
    const slices = new FrameSlices('video');
    const given = Array.from({ length: 60 }, (_, at) => slices.push(frame(at * 40, at % 25 === 0))).flat();
    given.push(...slices.flush());
    expect(given.filter(({ key }) => key).map(({ fromMs }) => fromMs)).toEqual([0, 1000, 2000]);
    expect(given.every(({ fromMs, toMs }) => toMs - fromMs <= 240)).toBe(true);
  });

  it('leaves out what comes before the first frame that stands alone', () => {
    expect(new FrameSlices('video').push(frame(0, false))).toEqual([]);
  });

  it('is read as it was written', () => {
    const slices = new FrameSlices('audio');
    const head = webmHead({
      ...{ kind: 'audio', codec: 'A_OPUS', description: new Uint8Array(19), width: 0, height: 0 },
      ...{ sampleRate: 48_000, channels: 1 },
    });
    const opus = (atMs: number) => ({ atMs, endMs: atMs + 20, key: true, bytes: Uint8Array.of(0xf8, 0xff, 0xfe) });
    const given = Array.from({ length: 100 }, (_, at) => slices.push(opus(at * 20))).flat();
    const read = [head, ...given.map(({ bytes }) => bytes)];
    const pieces = new WebmPieces('audio');
    const found = read.flatMap((bytes) => pieces.push(bytes));
    expect(found[0]?.init).toBe(true);
    expect(found.slice(1).map(({ fromMs, toMs, key }) => ({ fromMs, toMs, key }))).toEqual(
      given.map(({ fromMs, toMs, key }) => ({ fromMs, toMs, key })),
    );
    expect(elementAt(head, 0)?.id).toBe(0x1a45dfa3);
  });

  it('is H.264 of a level that its size needs', () => {
    const named = (width: number, height: number) => pictureConfig('video/webm;codecs=h264', { width, height }, 1e6).codec;
    expect([named(1280, 720), named(1920, 1080), named(3840, 2160)]).toEqual(['avc1.42E01F', 'avc1.42E028', 'avc1.42E033']);
  });
});
