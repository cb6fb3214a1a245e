import { viewOf } from './boxes.ts';

/** What a key frame itself says of its picture: H.264 sends its parameter sets with it, VP9 has the size in each key frame's head. */

export interface PictureFacts {
  /** px, as shown. */
  readonly width: number;
  readonly height: number;
  /** Null: the codec has none. */
  readonly parameterSets: ParameterSets | null;
}

/** H.264 §7.3.2, with what `avcC` repeats of them (ISO/IEC 14496-15 §5.3.3.1). */
export interface ParameterSets {
  readonly sequence: Uint8Array;
  /** Null: only the sequence's came with this key frame. */
  readonly picture: Uint8Array | null;
  readonly chromaFormat: number;
  readonly lumaBits: number;
  readonly chromaBits: number;
}

const SEQUENCE = 7;
const PICTURE = 8;

/** `sample`: NAL units, each behind its length of `lengthBytes`. Null: nothing in it says so, or not readably. */
export function h264Picture(sample: Uint8Array, lengthBytes: number): PictureFacts | null {
  const view = viewOf(sample);
  let sequence: Uint8Array | null = null;
  let picture: Uint8Array | null = null;
  for (let at = 0; at + lengthBytes < sample.byteLength;) {
    let length = 0;
    for (let index = 0; index < lengthBytes; index++) length = length * 256 + view.getUint8(at + index);
    const unit = sample.subarray(at + lengthBytes, at + lengthBytes + length);
    if (length === 0 || unit.byteLength < length) break;
    const kind = (unit[0] ?? 0) & 0x1f;
    if (kind === SEQUENCE) sequence ??= unit;
    if (kind === PICTURE) picture ??= unit;
    at += lengthBytes + length;
  }
  return sequence === null ? null : sequenceFacts(sequence, picture);
}

const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** Macroblocks are that wide and high, px. */
const BLOCK = 16;

function sequenceFacts(sequence: Uint8Array, picture: Uint8Array | null): PictureFacts | null {
  const bits = new Bits(withoutEmulation(sequence.subarray(1)));
  const profile = bits.take(8);
  bits.take(16);
  bits.unsigned();
  let [chromaFormat, lumaBits, chromaBits] = [1, 8, 8];
  if (PROFILES_WITH_CHROMA.has(profile)) {
    chromaFormat = bits.unsigned();
    if (chromaFormat === 3) bits.take(1);
    lumaBits = bits.unsigned() + 8;
    chromaBits = bits.unsigned() + 8;
    bits.take(1);
    if (bits.take(1) === 1)
      for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) skipScaling(bits, list < 6 ? 16 : 64);
  }
  bits.unsigned();
  const order = bits.unsigned();
  if (order === 0) bits.unsigned();
  if (order === 1) {
    bits.take(1);
    bits.unsigned();
    bits.unsigned();
    for (let left = Math.min(255, bits.unsigned()); left > 0; left--) bits.unsigned();
  }
  bits.unsigned();
  bits.take(1);
  const columns = bits.unsigned() + 1;
  const rows = bits.unsigned() + 1;
  const frames = bits.take(1);
  if (frames === 0) bits.take(1);
  bits.take(1);
  const cropped = bits.take(1) === 1;
  const [left, right, top, bottom] = cropped
    ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()]
    : [0, 0, 0, 0];
  if (bits.over) return null;
  const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const unitY = (chromaFormat === 1 ? 2 : 1) * (2 - frames);
  const width = columns * BLOCK - unitX * (left + right);
  const height = rows * BLOCK * (2 - frames) - unitY * (top + bottom);
  return valid(width, height, { sequence, picture, chromaFormat, lumaBits, chromaBits });
}

function skipScaling(bits: Bits, count: number): void {
  if (bits.take(1) === 0) return;
  let [last, next] = [8, 8];
  for (let index = 0; index < count && !bits.over; index++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

const VP9_SYNC = 0x498342;
const SRGB = 7;

/** `sample`: a VP9 frame (bitstream specification §6.2). Null: not a key frame, or not readable. */
export function vp9Picture(sample: Uint8Array): PictureFacts | null {
  const bits = new Bits(sample.subarray(0, 32));
  if (bits.take(2) !== 2) return null;
  const profile = bits.take(1) + 2 * bits.take(1);
  if (profile === 3) bits.take(1);
  const [showsKnown, inter] = [bits.take(1), bits.take(1)];
  bits.take(2);
  if (showsKnown === 1 || inter === 1 || bits.take(24) !== VP9_SYNC) return null;
  if (profile >= 2) bits.take(1);
  if (bits.take(3) === SRGB) bits.take(profile === 1 || profile === 3 ? 1 : 0);
  else bits.take(profile === 1 || profile === 3 ? 4 : 1);
  const [width, height] = [bits.take(16) + 1, bits.take(16) + 1];
  return bits.over ? null : valid(width, height, null);
}

/** Sample entries have 16 bits for each. */
const valid = (width: number, height: number, parameterSets: ParameterSets | null): PictureFacts | null =>
  width > 0 && height > 0 && width <= 0xffff && height <= 0xffff ? { width, height, parameterSets } : null;

/** H.264 §7.4.1: 00 00 03 stands for 00 00. */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== 3 || index < 2 || bytes[index - 1] !== 0 || bytes[index - 2] !== 0);
}

/** Behind the end there are zeros, and `over` is true. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get over(): boolean {
    return this.#at > this.#bytes.byteLength * 8;
  }

  take(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--, this.#at++)
      value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    return value;
  }

  /** ue(v), H.264 §9.1 */
  unsigned(): number {
    let zeros = 0;
    while (zeros < 32 && !this.over && this.take(1) === 0) zeros++;
    return 2 ** zeros - 1 + this.take(zeros);
  }

  /** se(v) */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
