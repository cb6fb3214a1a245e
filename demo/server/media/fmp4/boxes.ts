import { Fmp4Error } from './fmp4-error.ts';

/** Boxes of ISO/IEC 14496-12 §4.2 as views into their bytes. */

export interface Box {
  /** Four characters. */
  readonly type: string;
  /** What follows size and type. */
  readonly body: DataView;
}

export interface BoxHead {
  readonly type: string;
  /** Bytes of the head itself: 8, or 16 with a 64-bit size. */
  readonly headBytes: number;
  /** Bytes of the whole box, head included. */
  readonly bytes: number;
}

const LARGE = 1;
const TO_THE_END = 0;

/** The head at the beginning of `view`; null = more bytes are needed. Throws Fmp4Error on one that cannot be. */
export function readBoxHead(view: DataView, offset = 0): BoxHead | null {
  if (view.byteLength < 8) return null;
  const short = view.getUint32(0);
  const type = String.fromCharCode(view.getUint8(4), view.getUint8(5), view.getUint8(6), view.getUint8(7));
  if (!/^[\x20-\x7e]{4}$/.test(type)) throw new Fmp4Error('not-mp4', 'a box has no readable type', offset);
  if (short === TO_THE_END) throw new Fmp4Error('unsupported', `box ${type} has no size`, offset);
  if (short !== LARGE) {
    if (short < 8) throw new Fmp4Error('not-mp4', `box ${type} is smaller than its head`, offset);
    return { type, headBytes: 8, bytes: short };
  }
  if (view.byteLength < 16) return null;
  const bytes = view.getUint32(8) * 2 ** 32 + view.getUint32(12);
  if (bytes < 16) throw new Fmp4Error('not-mp4', `box ${type} is smaller than its head`, offset);
  return { type, headBytes: 16, bytes };
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The boxes inside of a body, from byte `from` of it. */
export function* childBoxes(body: DataView, from = 0): Generator<Box> {
  for (let at = from; at + 8 <= body.byteLength;) {
    const rest = new DataView(body.buffer, body.byteOffset + at, body.byteLength - at);
    const head = readBoxHead(rest);
    if (head === null || head.bytes > rest.byteLength) throw new Fmp4Error('truncated', 'a box is longer than what holds it');
    yield { type: head.type, body: new DataView(rest.buffer, rest.byteOffset + head.headBytes, head.bytes - head.headBytes) };
    at += head.bytes;
  }
}

/** The first box of that type, if any. */
export function findBox(body: DataView, type: string, from = 0): DataView | null {
  for (const box of childBoxes(body, from)) if (box.type === type) return box.body;
  return null;
}

/** Fields one after the other; throws Fmp4Error where the box ends too early. */
export class Fields {
  readonly #view: DataView;
  #at = 0;

  constructor(view: DataView) {
    this.#view = view;
  }

  skip(bytes: number): this {
    this.#at += bytes;
    return this;
  }

  u8(): number {
    return this.#take(1, (at) => this.#view.getUint8(at));
  }

  u16(): number {
    return this.#take(2, (at) => this.#view.getUint16(at));
  }

  u32(): number {
    return this.#take(4, (at) => this.#view.getUint32(at));
  }

  i32(): number {
    return this.#take(4, (at) => this.#view.getInt32(at));
  }

  /** Exact up to 2^53: at 90 kHz that is three thousand years. */
  u64(): number {
    return this.u32() * 2 ** 32 + this.u32();
  }

  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  #take(bytes: number, read: (at: number) => number): number {
    if (this.left < bytes) throw new Fmp4Error('truncated', 'a box ends within a field');
    const value = read(this.#at);
    this.#at += bytes;
    return value;
  }
}
