import { Fields, findBox } from './boxes.ts';

/** What a player calls a track's codec (RFC 6381 and the codecs' own registrations), read from its sample entry. */

const hex = (value: number): string => value.toString(16).padStart(2, '0');
const two = (value: number): string => String(value).padStart(2, '0');

/** Bytes of a visual and of an audio sample entry before their boxes. */
const VISUAL = 78;
const AUDIO = 28;

/** `type` and `entry`: of the first box in `stsd`. Null: a codec that players of pages do not know, or one without its description. */
export function codecString(type: string, entry: DataView): string | null {
  switch (type) {
    case 'avc1':
    case 'avc3': {
      const config = findBox(entry, 'avcC', VISUAL);
      if (config === null) return null;
      const fields = new Fields(config).skip(1);
      return `${type}.${hex(fields.u8())}${hex(fields.u8())}${hex(fields.u8())}`;
    }
    case 'vp09': {
      const config = findBox(entry, 'vpcC', VISUAL);
      if (config === null) return null;
      const fields = new Fields(config).skip(4);
      const [profile, level, depth] = [fields.u8(), fields.u8(), fields.u8() >> 4];
      return `vp09.${two(profile)}.${two(level)}.${two(depth)}`;
    }
    case 'av01': {
      const config = findBox(entry, 'av1C', VISUAL);
      if (config === null) return null;
      const fields = new Fields(config).skip(1);
      const [first, second] = [fields.u8(), fields.u8()];
      const depth = (second & 0x40) === 0 ? 8 : (second & 0x20) === 0 ? 10 : 12;
      return `av01.${String(first >> 5)}.${two(first & 0x1f)}${(second & 0x80) === 0 ? 'M' : 'H'}.${two(depth)}`;
    }
    case 'mp4a': {
      const config = findBox(entry, 'esds', AUDIO);
      return config === null ? null : elementaryStream(config);
    }
    case 'Opus':
      return 'opus';
    case 'fLaC':
      return 'flac';
    default:
      return null;
  }
}

const ES_DESCRIPTOR = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;
const AAC = 0x40;
const ESCAPED_OBJECT_TYPE = 31;

/** ISO/IEC 14496-1 §7.2.6: descriptors inside of descriptors. */
function elementaryStream(esds: DataView): string | null {
  const fields = new Fields(esds).skip(4);
  let objectType = 0;
  while (fields.left > 2) {
    const tag = fields.u8();
    descriptorLength(fields);
    if (tag === ES_DESCRIPTOR) {
      const flags = fields.skip(2).u8();
      if ((flags & 0x80) !== 0) fields.skip(2);
      if ((flags & 0x40) !== 0) fields.skip(fields.u8());
      if ((flags & 0x20) !== 0) fields.skip(2);
    } else if (tag === DECODER_CONFIG) {
      objectType = fields.u8();
      if (objectType !== AAC) return `mp4a.${hex(objectType)}`;
      fields.skip(12);
    } else if (tag === DECODER_SPECIFIC) {
      const first = fields.u8();
      const audio = first >> 3;
      if (audio !== ESCAPED_OBJECT_TYPE) return `mp4a.40.${String(audio)}`;
      return `mp4a.40.${String(32 + ((first & 7) << 3) + (fields.u8() >> 5))}`;
    } else {
      return null;
    }
  }
  return objectType === AAC ? null : `mp4a.${hex(objectType)}`;
}

function descriptorLength(fields: Fields): number {
  let length = 0;
  for (let digits = 0; digits < 4; digits++) {
    const byte = fields.u8();
    length = (length << 7) | (byte & 0x7f);
    if ((byte & 0x80) === 0) break;
  }
  return length;
}
