import type { MediaPiece, MediaPieces } from './webm.ts';

/** What MediaRecorder writes as fragmented MP4 (ISO/IEC 14496-12), taken apart into its head and its fragments. */

/** A fragment larger than this is none. */
const MOST_BYTES = 32 * 1024 * 1024;
const HEAD = 8;
/** `trun`: which fields are there. */
const OFFSET = 0x1;
const FIRST_FLAGS = 0x4;
const DURATION = 0x100;
const SIZE = 0x200;
const FLAGS = 0x400;
const COMPOSITION = 0x800;
/** `tfhd`: which fields are there. */
const BASE = 0x1;
const DESCRIPTION = 0x2;
const DEFAULT_DURATION = 0x8;
const DEFAULT_SIZE = 0x10;
const DEFAULT_FLAGS = 0x20;
/** Of a sample: another one is needed to decode it. */
const NON_SYNC = 0x1_0000;

interface Box {
  readonly type: string;
  /** First byte of what is inside. */
  readonly from: number;
  readonly to: number;
}

export class Mp4Pieces implements MediaPieces {
  #rest = new Uint8Array(0);
  #begun = false;
  #timescale = 1000;
  #defaultDuration = 0;

  push(bytes: Uint8Array): readonly MediaPiece[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    if (all.length > MOST_BYTES) throw new RangeError('a fragment without end');
    const view = new DataView(all.buffer);
    const pieces: MediaPiece[] = [];
    let at = 0;
    let start = 0;
    let fragment: Omit<MediaPiece, 'bytes'> | null = null;
    for (;;) {
      const box = boxAt(view, at);
      if (box === null || box.to > all.length) break;
      if (box.type === 'moov') {
        this.#readHead(view, box);
        pieces.push({ init: true, key: false, fromMs: 0, firstMs: 0, toMs: 0, gapMs: 0, bytes: all.slice(start, box.to) });
        this.#begun = true;
        start = box.to;
      } else if (box.type === 'moof') {
        if (!this.#begun) throw new RangeError('a fragment without a head');
        start = at;
        fragment = this.#fragment(view, box);
      } else if (box.type === 'mdat' && fragment !== null) {
        pieces.push({ ...fragment, bytes: all.slice(start, box.to) });
        fragment = null;
        start = box.to;
      } else if (this.#begun && fragment === null) start = box.to;
      at = box.to;
    }
    this.#rest = all.slice(start);
    return pieces;
  }

  #readHead(view: DataView, moov: Box): void {
    const mdhd = find(view, moov, ['trak', 'mdia', 'mdhd']);
    if (mdhd !== null) this.#timescale = view.getUint32(mdhd.from + (view.getUint8(mdhd.from) === 1 ? 20 : 12));
    const trex = find(view, moov, ['mvex', 'trex']);
    if (trex !== null) this.#defaultDuration = view.getUint32(trex.from + 12);
    if (this.#timescale === 0) throw new RangeError('a track without a clock');
  }

  #fragment(view: DataView, moof: Box): Omit<MediaPiece, 'bytes'> {
    const tfdt = find(view, moof, ['traf', 'tfdt']);
    const trun = find(view, moof, ['traf', 'trun']);
    const tfhd = find(view, moof, ['traf', 'tfhd']);
    if (tfdt === null || trun === null || tfhd === null) throw new RangeError('a fragment without a time');
    const from = view.getUint8(tfdt.from) === 1 ? Number(view.getBigUint64(tfdt.from + 4)) : view.getUint32(tfdt.from + 4);
    const base = defaults(view, tfhd);
    const { ticks, firstFlags } = run(view, trun, base.duration ?? this.#defaultDuration);
    const flags = firstFlags ?? base.flags ?? 0;
    const ms = 1000 / this.#timescale;
    return {
      init: false,
      key: (flags & NON_SYNC) === 0,
      fromMs: from * ms,
      firstMs: from * ms,
      toMs: (from + ticks) * ms,
      gapMs: 0,
    };
  }
}

function boxAt(view: DataView, at: number): Box | null {
  if (at + HEAD > view.byteLength) return null;
  const type = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at + 4, 4));
  const small = view.getUint32(at);
  if (small === 1) {
    if (at + 16 > view.byteLength) return null;
    return { type, from: at + 16, to: at + Number(view.getBigUint64(at + 8)) };
  }
  if (small < HEAD) throw new RangeError('no box begins here');
  return { type, from: at + HEAD, to: at + small };
}

/** The first box of that path inside `outer`, or null. */
function find(view: DataView, outer: Box, path: readonly string[]): Box | null {
  const [name, ...deeper] = path;
  if (name === undefined) return outer;
  for (let at = outer.from; at < outer.to;) {
    const box = boxAt(view, at);
    if (box === null || box.to > outer.to) return null;
    if (box.type === name) return find(view, box, deeper);
    at = box.to;
  }
  return null;
}

function defaults(view: DataView, tfhd: Box): { readonly duration: number | null; readonly flags: number | null } {
  const has = view.getUint32(tfhd.from) & 0xff_ffff;
  let at = tfhd.from + 8 + ((has & BASE) === 0 ? 0 : 8) + ((has & DESCRIPTION) === 0 ? 0 : 4);
  const take = (flag: number): number | null => {
    if ((has & flag) === 0) return null;
    at += 4;
    return view.getUint32(at - 4);
  };
  const duration = take(DEFAULT_DURATION);
  take(DEFAULT_SIZE);
  return { duration, flags: take(DEFAULT_FLAGS) };
}

function run(view: DataView, trun: Box, each: number): { readonly ticks: number; readonly firstFlags: number | null } {
  const has = view.getUint32(trun.from) & 0xff_ffff;
  const count = view.getUint32(trun.from + 4);
  let at = trun.from + 8 + ((has & OFFSET) === 0 ? 0 : 4);
  let firstFlags: number | null = null;
  if ((has & FIRST_FLAGS) !== 0) {
    firstFlags = view.getUint32(at);
    at += 4;
  }
  const step = [DURATION, SIZE, FLAGS, COMPOSITION].reduce((sum, flag) => sum + ((has & flag) === 0 ? 0 : 4), 0);
  if (at + step * count > trun.to) throw new RangeError('a fragment whose samples are not told');
  if (count > 0 && firstFlags === null && (has & FLAGS) !== 0)
    firstFlags = view.getUint32(at + ((has & DURATION) === 0 ? 0 : 4) + ((has & SIZE) === 0 ? 0 : 4));
  let ticks = 0;
  for (let index = 0; index < count; index += 1) ticks += (has & DURATION) === 0 ? each : view.getUint32(at + index * step);
  return { ticks, firstFlags };
}
