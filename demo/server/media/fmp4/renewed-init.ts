import { childBoxes, Fields, findBox, viewOf } from './boxes.ts';
import type { Fragment } from './fragment.ts';
import { readInitSegment } from './init-segment.ts';
import type { InitSegment } from './init-segment.ts';
import { h264Picture, vp9Picture } from './picture-size.ts';
import type { ParameterSets, PictureFacts } from './picture-size.ts';

/**
 * The initialisation segment for a picture that has changed its size in the middle: ffmpeg writes one when it begins, and passes on
 * whatever comes after it.
 */

/** Null: the picture is as `init` says, or what it is cannot be seen (it is seen at key frames, of H.264 and VP9). */
export function renewedInit(init: InitSegment, { bytes, keyFrame, video }: Fragment): InitSegment | null {
  const track = init.video;
  const first = video?.firstSample ?? null;
  if (track === null || first === null || !keyFrame) return null;
  const sample = bytes.subarray(first.offset, first.offset + first.bytes);
  const facts = pictureOf(track.codec ?? '', sample, init);
  if (facts === null || (facts.width === track.width && facts.height === track.height)) return null;
  const renewed = edited(init.bytes, track.id, facts);
  const moov = findBox(viewOf(renewed), 'moov');
  return moov === null ? null : readInitSegment(renewed, moov);
}

function pictureOf(codec: string, sample: Uint8Array, init: InitSegment): PictureFacts | null {
  if (codec.startsWith('vp09')) return vp9Picture(sample);
  return /^avc[13]/.test(codec) ? h264Picture(sample, lengthBytes(init)) : null;
}

/** Of the lengths before NAL units. */
function lengthBytes({ bytes, video }: InitSegment): number {
  for (const path of ['avc1', 'avc3']) {
    const config = visualEntry(viewOf(bytes), video?.id ?? 0, path);
    if (config !== null) return (config.getUint8(4) & 3) + 1;
  }
  return 4;
}

function visualEntry(bytes: DataView, id: number, type: string): DataView | null {
  const moov = findBox(bytes, 'moov');
  for (const trak of moov === null ? [] : childBoxes(moov)) {
    if (trak.type !== 'trak' || idOf(trak.body) !== id) continue;
    const stsd = ['mdia', 'minf', 'stbl', 'stsd'].reduce<DataView | null>((body, box) => body && findBox(body, box), trak.body);
    const entry = stsd === null ? null : findBox(stsd, type, CONTAINERS.get('stsd'));
    return entry === null ? null : findBox(entry, 'avcC', CONTAINERS.get(type));
  }
  return null;
}

const idOf = (trak: DataView): number | null => {
  const head = findBox(trak, 'tkhd');
  return head === null ? null : new Fields(head).skip(head.getUint8(0) === 1 ? 20 : 12).u32();
};

/** Boxes that hold others, and the bytes before these. */
const CONTAINERS: ReadonlyMap<string, number> = new Map([
  ...['moov', 'trak', 'mdia', 'minf', 'stbl'].map((type) => [type, 0] as const),
  ...[['stsd', 8] as const, ...['avc1', 'avc3', 'vp09'].map((type) => [type, 78] as const)],
]);
const ENTRIES = new Set(['avc1', 'avc3', 'vp09']);
const WIDTH_IN_ENTRY = 24;

/** The boxes of `bytes`, with the facts wherever that track's are written. */
function edited(bytes: Uint8Array, id: number, facts: PictureFacts): Uint8Array {
  return Buffer.concat(
    [...childBoxes(viewOf(bytes))].map(({ type, body: view }) => {
      const body = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
      if (type === 'trak' && idOf(view) !== id) return box(type, body);
      return box(type, editedBody(type, body, id, facts));
    }),
  );
}

function editedBody(type: string, body: Buffer, id: number, facts: PictureFacts): Buffer {
  const before = CONTAINERS.get(type);
  if (before !== undefined) {
    const own = Buffer.from(body.subarray(0, before));
    if (ENTRIES.has(type)) sizeIn(own, WIDTH_IN_ENTRY, facts);
    return Buffer.concat([own, edited(body.subarray(before), id, facts)]);
  }
  if (type === 'tkhd') {
    // Its last fields, in 16.16 bits.
    const head = Buffer.from(body);
    head.writeUInt32BE(facts.width * 0x10000, head.length - 8);
    head.writeUInt32BE(facts.height * 0x10000, head.length - 4);
    return head;
  }
  if (type === 'avcC' && facts.parameterSets !== null) return avcConfig(body, facts.parameterSets);
  return body;
}

function sizeIn(entry: Buffer, at: number, { width, height }: PictureFacts): void {
  entry.writeUInt16BE(width, at);
  entry.writeUInt16BE(height, at + 2);
}

const HIGH_PROFILES = new Set([100, 110, 122, 144]);

/** ISO/IEC 14496-15 §5.3.3.1. `old`: whose lengths and, where none came, whose picture parameters are kept. */
function avcConfig(old: Buffer, sets: ParameterSets): Buffer {
  const [, profile = 0, compatible = 0, level = 0] = sets.sequence;
  const picture = sets.picture ?? firstPicture(old);
  const pieces = [
    Buffer.from([1, profile, compatible, level, old.readUInt8(4), 0xe1]),
    behindLength(sets.sequence),
    Buffer.from([picture === null ? 0 : 1]),
    ...(picture === null ? [] : [behindLength(picture)]),
  ];
  if (HIGH_PROFILES.has(profile))
    pieces.push(Buffer.from([0xfc | sets.chromaFormat, 0xf8 | (sets.lumaBits - 8), 0xf8 | (sets.chromaBits - 8), 0]));
  return Buffer.concat(pieces);
}

function firstPicture(config: Buffer): Uint8Array | null {
  let at = 6;
  for (let count = config.readUInt8(5) & 0x1f; count > 0; count--) at += 2 + config.readUInt16BE(at);
  if (at >= config.length || config.readUInt8(at) === 0) return null;
  return config.subarray(at + 3, at + 3 + config.readUInt16BE(at + 1));
}

function behindLength(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}

function box(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}
