import { describe, expect, it } from 'vitest';
import { CaptureClock } from '../../../../src/video/capture/capture-clock.ts';
import { mimeFor, containerOf } from '../../../../src/video/capture/mimes.ts';
import { Mp4Pieces } from '../../../../src/video/capture/mp4.ts';
import { opusMs } from '../../../../src/video/capture/opus.ts';
import { WebmPieces, type MediaPiece, type MediaPieces } from '../../../../src/video/capture/webm.ts';

const vint = (value: number): number[] => [0x10 | (value >> 24), (value >> 16) & 255, (value >> 8) & 255, value & 255];
const element = (id: number[], body: number[]): number[] => [...id, ...vint(body.length), ...body];
const UNKNOWN = [0x01, 255, 255, 255, 255, 255, 255, 255];
const HEAD = [
  ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x86, 0x81, 1]),
  ...[0x18, 0x53, 0x80, 0x67, ...UNKNOWN],
  ...element([0x15, 0x49, 0xa9, 0x66], [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40]),
  ...element([0x16, 0x54, 0xae, 0x6b], [1, 2, 3]),
];
const cluster = (atMs: number): number[] => [0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN, 0xe7, 0x82, atMs >> 8, atMs & 255];
const block = (relativeMs: number, key: boolean, frame: number[]): number[] =>
  element([0xa3], [0x81, (relativeMs >> 8) & 255, relativeMs & 255, key ? 0x80 : 0, ...frame]);
/** TOC of 60 ms of Opus. */
const SIXTY = 0x18;

const cut = (pieces: MediaPieces, bytes: readonly number[], step: number): MediaPiece[] => {
  const found: MediaPiece[] = [];
  for (let at = 0; at < bytes.length; at += step) found.push(...pieces.push(Uint8Array.from(bytes.slice(at, at + step))));
  return found;
};
const whole = (pieces: readonly MediaPiece[]): number[] => pieces.flatMap(({ bytes }) => [...bytes]);
const facts = (pieces: readonly MediaPiece[]) => pieces.map(({ init, key, fromMs, toMs }) => ({ init, key, fromMs, toMs }));

describe('WebM as a recorder writes it', () => {
  const video = [
    ...HEAD,
    ...[...cluster(0), ...block(0, true, [1]), ...block(33, false, [2, 2]), ...block(66, false, [3])],
    ...[...cluster(1000), ...block(0, true, [4]), ...block(40, false, [5])],
  ];

  it('comes out the same wherever it was cut', () => {
    const wanted = whole(new WebmPieces('video').push(Uint8Array.from(video)));
    for (const step of [1, 2, 3, 7, 31, 1000]) expect(whole(cut(new WebmPieces('video'), video, step))).toEqual(wanted);
  });

  it('says where a decoder can begin, and up to when was captured', () => {
    expect(facts(new WebmPieces('video').push(Uint8Array.from(video)))).toEqual([
      { init: true, key: false, fromMs: 0, toMs: 0 },
      { init: false, key: true, fromMs: 0, toMs: 66 },
      { init: false, key: true, fromMs: 1000, toMs: 1040 },
    ]);
  });

  it('is read again as what it was: frames with their absolute times', () => {
    const once = whole(new WebmPieces('video').push(Uint8Array.from(video)));
    expect(facts(new WebmPieces('video').push(Uint8Array.from(once)))).toEqual(
      facts(new WebmPieces('video').push(Uint8Array.from(video))),
    );
  });

  it('lets a decoder of sound in every second, though its clusters last half a minute', () => {
    const sound = [...HEAD, ...cluster(0)];
    for (let at = 0; at < 3000; at += 60) sound.push(...block(at, true, [SIXTY, 9]));
    const keys = cut(new WebmPieces('audio'), sound, 20).filter(({ key }) => key);
    expect(keys.map(({ fromMs }) => fromMs)).toEqual([0, 1020, 2040]);
    expect(cut(new WebmPieces('audio'), sound, 5000).at(-1)).toMatchObject({ toMs: 3000, firstMs: 2100 });
  });

  it('takes a block group as a key frame unless it refers to another', () => {
    const group = (more: number[]): number[] => element([0xa0], [...element([0xa1], [0x81, 0, 0, 0, 7]), ...more]);
    const key = new WebmPieces('video').push(Uint8Array.from([...HEAD, ...cluster(0), ...group([])]));
    expect(key[1]).toMatchObject({ key: true });
    const first = new WebmPieces('video').push(Uint8Array.from([...HEAD, ...cluster(0), ...group(element([0xfb], [0x7f]))]));
    // Nothing can be made of what refers to a frame that never came.
    expect(first).toHaveLength(1);
  });

  it('refuses what is no WebM', () => {
    expect(() => new WebmPieces('video').push(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(RangeError);
  });
});

describe('MP4 as a recorder writes it', () => {
  const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
  const box = (type: string, body: number[]): number[] => [...u32(body.length + 8), ...Buffer.from(type), ...body];
  const moov = box('moov', [
    ...box('trak', box('mdia', box('mdhd', [...u32(0), ...u32(0), ...u32(0), ...u32(30_000), ...u32(0)]))),
    ...box('mvex', box('trex', [...u32(0), ...u32(1), ...u32(1), ...u32(1000), ...u32(0), ...u32(0)])),
  ]);
  const fragment = (at: number, samples: number, sync: boolean): number[] => [
    ...box('moof', [
      ...box('traf', [
        ...box('tfhd', [...u32(0x20), ...u32(1), ...u32(sync ? 0 : 0x10000)]),
        ...box('tfdt', [...u32(0), ...u32(at)]),
        ...box('trun', [...u32(0x200), ...u32(samples), ...Array.from({ length: samples }, () => u32(2)).flat()]),
      ]),
    ]),
    ...box(
      'mdat',
      Array.from({ length: samples * 2 }, () => 5),
    ),
  ];
  const file = [...box('ftyp', u32(1)), ...moov, ...fragment(0, 30, true), ...fragment(30_000, 15, false)];

  it('comes out in fragments with their times, wherever it was cut', () => {
    for (const step of [1, 5, 64, 9999]) {
      const pieces = cut(new Mp4Pieces(), file, step);
      expect(whole(pieces)).toEqual(file);
      expect(facts(pieces)).toEqual([
        { init: true, key: false, fromMs: 0, toMs: 0 },
        { init: false, key: true, fromMs: 0, toMs: 1000 },
        { init: false, key: false, fromMs: 1000, toMs: 1500 },
      ]);
    }
  });

  it('refuses what is no MP4', () => {
    expect(() => new Mp4Pieces().push(Uint8Array.from([0, 0, 0, 1, 1, 1, 1, 1]))).not.toThrow();
    expect(() => new Mp4Pieces().push(Uint8Array.from([0, 0, 0, 4, 1, 1, 1, 1]))).toThrow(RangeError);
  });
});

it('packets of Opus last as their first byte says', () => {
  expect([[0x18], [0x00], [0xf8], [0xf9], [0xfb, 4], []].map((packet) => opusMs(Uint8Array.from(packet)))).toEqual([
    60, 10, 20, 40, 80, 0,
  ]);
});

it('H.264 is asked for first, and where nothing is known nothing is recorded', () => {
  expect(mimeFor('video', () => true)).toBe('video/webm;codecs=h264');
  expect(mimeFor('video', (mime) => /vp8/.test(mime))).toBe('video/webm;codecs=vp8');
  expect(mimeFor('audio', () => false)).toBeNull();
  expect([containerOf('video/x-matroska;codecs=avc1'), containerOf('audio/mp4')]).toEqual(['webm', 'mp4']);
});

describe('when it was captured', () => {
  const piece = (fromMs: number, toMs: number): MediaPiece => ({
    ...{ init: false, key: false, fromMs, firstMs: fromMs, toMs, gapMs: 0 },
    bytes: new Uint8Array(1),
  });

  it('is told by what pushed the last delivery out', () => {
    const clock = new CaptureClock(1000);
    // A picture every 50 ms from 1010 on; each is handed over when the next one comes, 4 ms later.
    clock.arrived([piece(0, 150)], 1010 + 200 + 4);
    const [captured] = clock.arrived([piece(200, 350)], 1010 + 400 + 4);
    expect(captured).toBe(1010 + 350 + 4);
  });

  it('is not moved by deliveries that come late', () => {
    const clock = new CaptureClock(1000);
    clock.arrived([piece(0, 150)], 1214);
    clock.arrived([piece(200, 350)], 1700);
    expect(clock.arrived([piece(400, 550)], 1900)).toEqual([1014 + 550]);
  });

  it('notices a recorder that took a wait for silence, and no other gap', () => {
    const slipped = (pushedMs: number): boolean => {
      const clock = new CaptureClock(1000);
      clock.arrived([piece(0, 180)], 1240);
      clock.arrived([piece(180, 360)], 1420);
      clock.arrived([{ ...piece(360, 620), gapMs: 80 }], pushedMs - 180);
      clock.arrived([piece(620, 800)], pushedMs);
      clock.arrived([piece(800, 980)], pushedMs + 180);
      return clock.slipped;
    };
    // Sound was missing: what follows comes as late as its place says.
    expect(slipped(1860)).toBe(false);
    // It was only late, and came at once.
    expect(slipped(1780)).toBe(true);
  });

  it('is never before the recorder was started, a frame apart', () => {
    const clock = new CaptureClock(1000);
    clock.arrived([piece(0, 10)], 1020);
    expect(clock.arrived([piece(500, 510)], 1030)).toEqual([950 + 510]);
  });
});
