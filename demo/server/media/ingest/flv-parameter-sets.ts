/**
 * H.264 in FLV has its parameter sets beside the picture, and a fragmented MP4 has room for the first ones only: those that come later are put
 * into the key frames they belong to, where a decoder looks as well.
 */

/** Adobe Flash Video File Format §E.4.3 */
const KEY_FRAME_OF_AVC = 0x17;
const PARAMETER_SETS = 0;
const PICTURES = 1;
/** Kind, packet type and composition time. */
const HEAD = 5;

export class FlvParameterSets {
  #first: Buffer | null = null;
  /** What goes before the pictures of each key frame; null = the decoder was told at the beginning. */
  #before: Buffer | null = null;

  /** `tag`: the body of a video tag. What is passed on in its place; null = nothing. */
  through(tag: Buffer): Buffer | null {
    if (tag.length <= HEAD || tag[0] !== KEY_FRAME_OF_AVC) return tag;
    const kind = tag[1];
    if (kind === PARAMETER_SETS) {
      const config = Buffer.from(tag.subarray(HEAD));
      const first = this.#first;
      this.#first ??= config;
      if (first === null || (this.#before === null && config.equals(first))) return tag;
      const units = unitsOf(config, lengthBytes(first));
      // What cannot be read, or counts its lengths otherwise, is left to who understands it.
      if (units === null || lengthBytes(config) !== lengthBytes(first)) return tag;
      this.#before = units;
      return null;
    }
    if (kind !== PICTURES || this.#before === null) return tag;
    return Buffer.concat([tag.subarray(0, HEAD), this.#before, tag.subarray(HEAD)]);
  }
}

const lengthBytes = (config: Buffer): number => ((config[4] ?? 3) & 3) + 1;

/** The parameter sets of an `avcC` (ISO/IEC 14496-15 §5.3.3.1) as NAL units behind their lengths; null = it is none. */
function unitsOf(config: Buffer, lengthOf: number): Buffer | null {
  const pieces: Buffer[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    if (at >= config.length) return null;
    for (let count = config.readUInt8(at++) & mask; count > 0; count--) {
      if (at + 2 > config.length) return null;
      const bytes = config.readUInt16BE(at);
      const unit = config.subarray(at + 2, at + 2 + bytes);
      if (unit.length < bytes || bytes >= 256 ** lengthOf) return null;
      const length = Buffer.alloc(lengthOf);
      length.writeUIntBE(bytes, 0, lengthOf);
      pieces.push(length, unit);
      at += 2 + bytes;
    }
  }
  return pieces.length === 0 ? null : Buffer.concat(pieces);
}
