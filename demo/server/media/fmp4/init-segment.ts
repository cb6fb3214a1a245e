import type { Track } from '../media-stream.ts';
import { childBoxes, Fields, findBox } from './boxes.ts';
import type { Box } from './boxes.ts';
import { codecString } from './codec-string.ts';
import { Fmp4Error } from './fmp4-error.ts';

/** What the initialisation segment (`ftyp` and `moov`) says of the tracks. */

export interface TrackFacts {
  readonly id: number;
  readonly kind: Track;
  /** Ticks a second of its times. */
  readonly timescale: number;
  /** RFC 6381, null = unknown to players. */
  readonly codec: string | null;
  /** px; null for sound. */
  readonly width: number | null;
  readonly height: number | null;
  /** Hz; null for pictures. */
  readonly sampleRate: number | null;
  /** Where a fragment leaves them out (`trex`). */
  readonly defaultDuration: number;
  readonly defaultFlags: number;
}

export interface InitSegment {
  readonly bytes: Uint8Array;
  /** The first of each kind; others (subtitles, data) are left out. */
  readonly video: TrackFacts | null;
  readonly audio: TrackFacts | null;
}

/** `moov`: the body of that box; `bytes`: the whole segment. Throws Fmp4Error. */
export function readInitSegment(bytes: Uint8Array, moov: DataView): InitSegment {
  const defaults = new Map<number, { readonly duration: number; readonly flags: number }>();
  const extends_ = findBox(moov, 'mvex');
  if (extends_ !== null) {
    for (const { type, body } of childBoxes(extends_)) {
      if (type !== 'trex') continue;
      const fields = new Fields(body).skip(4);
      const id = fields.u32();
      const duration = fields.skip(4).u32();
      defaults.set(id, { duration, flags: fields.skip(4).u32() });
    }
  }
  const tracks = [...childBoxes(moov)].flatMap(({ type, body }) => (type === 'trak' ? readTrack(body, defaults) : []));
  const video = tracks.find(({ kind }) => kind === 'video') ?? null;
  const audio = tracks.find(({ kind }) => kind === 'audio') ?? null;
  if (video === null && audio === null) throw new Fmp4Error('unsupported', 'there is neither picture nor sound in it');
  return { bytes, video, audio };
}

function readTrack(
  trak: DataView,
  defaults: ReadonlyMap<number, { readonly duration: number; readonly flags: number }>,
): TrackFacts[] {
  const media = need(trak, 'mdia');
  const handler = new Fields(need(media, 'hdlr')).skip(8).u32();
  const kind = handler === VIDE ? 'video' : handler === SOUN ? 'audio' : null;
  if (kind === null) return [];
  const id = afterTimes(need(trak, 'tkhd')).u32();
  const timescale = afterTimes(need(media, 'mdhd')).u32();
  if (timescale === 0) throw new Fmp4Error('not-mp4', 'a track has no timescale');
  const entry = firstEntry(need(need(need(media, 'minf'), 'stbl'), 'stsd'));
  const size = kind === 'video' ? new Fields(entry.body).skip(24) : null;
  const { duration = 0, flags = 0 } = defaults.get(id) ?? {};
  return [
    {
      id,
      kind,
      timescale,
      codec: codecString(entry.type, entry.body),
      width: size?.u16() ?? null,
      height: size?.u16() ?? null,
      sampleRate: kind === 'audio' ? new Fields(entry.body).skip(24).u16() : null,
      defaultDuration: duration,
      defaultFlags: flags,
    },
  ];
}

const VIDE = 0x76696465;
const SOUN = 0x736f756e;

/** `tkhd` and `mdhd` begin with two times, of 32 or 64 bits. */
function afterTimes(body: DataView): Fields {
  const fields = new Fields(body);
  return fields.u8() === 1 ? fields.skip(19) : fields.skip(11);
}

function need(body: DataView, type: string): DataView {
  const found = findBox(body, type);
  if (found === null) throw new Fmp4Error('not-mp4', `there is no ${type}`);
  return found;
}

function firstEntry(stsd: DataView): Box {
  for (const box of childBoxes(stsd, 8)) return box;
  throw new Fmp4Error('not-mp4', 'a track has no codec');
}
