import { describe, expect, it } from 'vitest';
import { PictureStream } from '../../../../demo/server/media/taps/picture-stream.ts';
import { SoundClock } from '../../../../demo/server/media/taps/sound-clock.ts';

const frames = (count: number, ticks = 1024): number[] => Array.from({ length: count }, () => ticks);

describe('the clock of decoded sound', () => {
  it('counts samples from the time of the first frame', () => {
    const clock = new SoundClock(1024);
    clock.feed(frames(24), 48_000, 1000);
    expect(clock.locate(0)?.atMs).toBe(1000);
    expect(clock.locate(1600)?.atMs).toBeCloseTo(1100);
    expect(clock.fedSamples).toBeCloseTo((24 * 1024) / 3);
  });

  it('jumps where the file does: a frame that lasts longer than its sound', () => {
    const clock = new SoundClock(1024);
    // The first frame is held for 0.3 s before the second begins.
    clock.feed([1024 + 14_400, ...frames(23)], 48_000, 0);
    expect(clock.locate(0)).toEqual({ atMs: 0, samples: 341 });
    expect(clock.locate(342)?.atMs).toBeCloseTo(321.3, 0);
  });

  it('jumps likewise where that frame is the only one of its fragment', () => {
    const clock = new SoundClock(1024);
    clock.feed([71_968], 48_000, 0);
    clock.feed(frames(24), 48_000, 1499.3);
    expect(clock.locate(400)?.atMs).toBeCloseTo(1499.3 + (400 - 341.3) / 16, 0);
  });

  it('does not drift with a source that counts a little wrong', () => {
    const clock = new SoundClock(1024);
    for (let piece = 0; piece < 1000; piece++) clock.feed(frames(24, 1024), 48_000, piece * 512.5);
    const sample = Math.round(999 * ((24 * 1024) / 3)) + 10;
    expect(Math.abs((clock.locate(sample)?.atMs ?? 0) - 999 * 512.5)).toBeLessThan(2);
  });
});

describe('pictures and the lines about them', () => {
  const jpeg = (length: number): Buffer =>
    Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(length, 0xab), Buffer.from([0xff, 0xd9])]);
  const line = (n: number, pts: number): string =>
    `[Parsed_showinfo_3 @ 0x55] n:   ${String(n)} pts:  ${String(pts)} pts_time:1.02141 pos:     1591 fmt:yuvj420p sar:1/1 s:640x360 i:P iskey:1`;

  it('belong together whichever comes first and in whatever pieces', () => {
    const pictures = new PictureStream();
    expect(pictures.line('[Parsed_showinfo_3 @ 0x55] config in time_base: 1/12800, frame_rate: 25/1')).toEqual([]);
    expect(pictures.line(line(0, 12_800))).toEqual([]);
    const bytes = Buffer.concat([jpeg(100), jpeg(300)]);
    expect(pictures.bytes(bytes.subarray(0, 103))).toEqual([]);
    const [first] = pictures.bytes(bytes.subarray(103));
    expect(first).toMatchObject({ atS: 1, width: 640, height: 360 });
    expect(first?.jpeg).toHaveLength(104);
    expect(pictures.line(line(1, 25_600))).toMatchObject([{ atS: 2 }]);
  });

  it('keep exact times after days', () => {
    const pictures = new PictureStream();
    pictures.line('[Parsed_showinfo_0 @ 0x1] config in time_base: 1/90000, frame_rate: 0/0');
    pictures.bytes(jpeg(10));
    expect(pictures.line(line(7, 90_000 * 250_000 + 1))).toMatchObject([{ atS: 250_000 + 1 / 90_000 }]);
  });
});
