import { viewOf } from '../../demo/server/media/fmp4/boxes.ts';
import type { Fragment } from '../../demo/server/media/fmp4/fragment.ts';
import { Fmp4Splitter } from '../../demo/server/media/fmp4/splitter.ts';

/** Fragmented MP4 written by hand, a box at a time, for tests of what reads it. */

const u8 = (...values: number[]): Buffer => Buffer.from(values);
const u16 = (value: number): Buffer => u8(value >> 8, value & 0xff);
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const zeros = (count: number): Buffer => Buffer.alloc(count);

export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

export const AVCC = box('avcC', u8(1, 0x64, 0x00, 0x1f, 0xff));
/** AAC-LC, 48 kHz. */
export const ESDS = box(
  'esds',
  u32(0),
  u8(3, 0x80, 0x80, 0x80, 25, 0, 1, 0),
  u8(4, 0x80, 0x80, 0x80, 17, 0x40, 0x15),
  zeros(11),
  u8(5, 0x80, 0x80, 0x80, 2, 0x11, 0x90),
);

/** A visual sample entry of 640 × 360. */
export const visual = (type: string, config: Uint8Array): Buffer =>
  box(type, zeros(6), u16(1), zeros(16), u16(640), u16(360), zeros(50), config);
export const sounding = (type: string, config: Uint8Array): Buffer =>
  box(type, zeros(6), u16(1), zeros(8), u16(1), u16(16), zeros(4), u16(48_000), u16(0), config);

export interface TrackWish {
  readonly id: number;
  readonly handler: string;
  readonly timescale: number;
  readonly entry: Uint8Array;
}

const track = ({ id, handler, timescale, entry }: TrackWish): Buffer =>
  box(
    'trak',
    box('tkhd', u32(0), zeros(8), u32(id), zeros(68)),
    box(
      'mdia',
      box('mdhd', u32(0), zeros(8), u32(timescale), zeros(8)),
      box('hdlr', u32(0), u32(0), Buffer.from(handler), zeros(13)),
      box('minf', box('stbl', box('stsd', u32(0), u32(1), entry))),
    ),
  );

export const VIDEO: TrackWish = { id: 1, handler: 'vide', timescale: 12_800, entry: visual('avc1', AVCC) };
export const AUDIO: TrackWish = { id: 2, handler: 'soun', timescale: 48_000, entry: sounding('mp4a', ESDS) };

export function initSegment(tracks: readonly TrackWish[] = [VIDEO, AUDIO]): Buffer {
  const defaults = tracks.map(({ id }) => box('trex', u32(0), u32(id), u32(1), u32(0), u32(0), u32(0)));
  return Buffer.concat([box('ftyp', Buffer.from('iso5')), box('moov', ...tracks.map(track), box('mvex', ...defaults))]);
}

export interface RunWish {
  readonly id: number;
  readonly decode: number;
  readonly count: number;
  readonly duration: number;
  /** Each sample's own, in place of `duration`. */
  readonly durations?: readonly number[];
  /** Of each of `durations`: ticks by which it is shown after it is decoded, signed. */
  readonly shownAfter?: readonly number[];
  readonly keyFrame?: boolean;
}

/** 32-bit `tfdt` and the default duration, or 64-bit and every sample's own. */
function run({ id, decode, count, duration, durations, shownAfter, keyFrame = true }: RunWish): Buffer {
  const flags = keyFrame ? 0x02000000 : 0x01010000;
  const samples = (durations ?? []).flatMap((own, index) => [
    u32(own),
    ...(shownAfter === undefined ? [] : [u32(shownAfter[index] ?? 0)]),
  ]);
  return box(
    'traf',
    box('tfhd', u32(0x020028), u32(id), u32(duration), u32(0x01010000)),
    durations === undefined ? box('tfdt', u32(0), u32(decode)) : box('tfdt', u32(0x01000000), u32(0), u32(decode)),
    durations === undefined
      ? box('trun', u32(0x000005), u32(count), u32(0), u32(flags))
      : box('trun', u32(shownAfter === undefined ? 0x000105 : 0x01000905), u32(durations.length), u32(0), u32(flags), ...samples),
  );
}

export const fragmentBytes = (runs: readonly RunWish[], media: Uint8Array = Buffer.from('media')): Buffer =>
  Buffer.concat([box('moof', box('mfhd', u32(0), u32(1)), ...runs.map(run)), box('mdat', media)]);

/** Half a second of 25 pictures a second and of sound, from `startS`. */
export const halfSecond = (startS: number, keyFrame = true, media?: Uint8Array): Buffer =>
  fragmentBytes(
    [
      { id: 1, decode: Math.round(startS * 12_800), count: 0, duration: 512, durations: halfSecondOf(512, 6400), keyFrame },
      { id: 2, decode: Math.round(startS * 48_000), count: 0, duration: 1024, durations: halfSecondOf(1024, 24_000) },
    ],
    media,
  );

/** Frames of a length, the last one shorter so that they make up the whole. */
function halfSecondOf(frame: number, whole: number): number[] {
  const full = Math.floor(whole / frame);
  return [...Array.from({ length: full }, () => frame), ...(whole % frame === 0 ? [] : [whole % frame])];
}

/** The splitter's own reading of those bytes. */
export function fragmentOf(bytes: Uint8Array, init: Uint8Array = initSegment()): Fragment {
  const splitter = new Fmp4Splitter();
  const found = [...splitter.push(init), ...splitter.push(bytes)].find((event) => event.type === 'fragment');
  if (found?.type !== 'fragment') throw new Error('no fragment in it');
  return found.fragment;
}

export const typesOf = (bytes: Uint8Array): string[] => {
  const types: string[] = [];
  for (let at = 0; at < bytes.length; at += viewOf(bytes.subarray(at)).getUint32(0))
    types.push(Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1'));
  return types;
};
