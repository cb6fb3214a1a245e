import { readBoxHead, viewOf } from './boxes.ts';
import { Fmp4Error } from './fmp4-error.ts';
import { readFragment } from './fragment.ts';
import type { Fragment } from './fragment.ts';
import { readInitSegment } from './init-segment.ts';
import type { InitSegment } from './init-segment.ts';
import { renewedInit } from './renewed-init.ts';

/** Cuts a running fragmented MP4 into its initialisation segment and its fragments, whatever pieces it comes in. */

export type Fmp4Event =
  /** `continues`: the picture has changed its size; the clock goes on. */
  | { readonly type: 'init'; readonly init: InitSegment; readonly continues: boolean }
  | { readonly type: 'fragment'; readonly fragment: Fragment };

/** Bytes of a box that describes; of one that holds media: two seconds at 200 Mbit/s. */
const MAX_DESCRIPTION = 2_000_000;
const MAX_MEDIA = 50_000_000;
/** s: a window that is drawn larger changes its size with every picture. */
const RENEWED_S = 1;

export class Fmp4Splitter {
  #chunks: Uint8Array[] = [];
  #buffered = 0;
  /** Bytes that are dropped as they come: boxes that say nothing to us. */
  #skip = 0;
  #offset = 0;
  #head: Uint8Array | null = null;
  #init: InitSegment | null = null;
  #moof: Uint8Array | null = null;
  /** Where the picture changed its size last, s. */
  #renewedS = -Infinity;

  /** Bytes held back because their box is not whole; at most one fragment and one box. */
  get buffered(): number {
    return this.#buffered + (this.#moof?.byteLength ?? 0) + (this.#head?.byteLength ?? 0);
  }

  /** What these bytes completed. Throws Fmp4Error, after which the splitter is of no more use. */
  push(bytes: Uint8Array): readonly Fmp4Event[] {
    this.#chunks.push(bytes);
    this.#buffered += bytes.byteLength;
    const events: Fmp4Event[] = [];
    for (;;) {
      this.#drop();
      const head = readBoxHead(viewOf(this.#peek(16)), this.#offset);
      if (head === null) return events;
      const kind = KINDS.get(head.type) ?? 'other';
      if (head.bytes > (kind === 'media' ? MAX_MEDIA : MAX_DESCRIPTION))
        throw new Fmp4Error('too-large', `box ${head.type} has ${String(head.bytes)} bytes`, this.#offset);
      if (kind === 'other') {
        this.#skip = head.bytes;
        continue;
      }
      if (this.#buffered < head.bytes) return events;
      const box = this.#take(head.bytes);
      events.push(...this.#box(head.type, box, head.headBytes));
    }
  }

  #box(type: string, box: Uint8Array, headBytes: number): readonly Fmp4Event[] {
    const body = viewOf(box.subarray(headBytes));
    const at = this.#offset - box.byteLength;
    if (type === 'ftyp') {
      this.#head = box;
      return [];
    }
    if (type === 'moov') {
      const bytes = this.#head === null ? box : Buffer.concat([this.#head, box]);
      this.#head = null;
      this.#init = readInitSegment(bytes, body);
      return [{ type: 'init', init: this.#init, continues: false }];
    }
    if (this.#init === null) throw new Fmp4Error('out-of-order', `${type} before moov`, at);
    if (type === 'moof') {
      if (this.#moof !== null) throw new Fmp4Error('out-of-order', 'a fragment without its media', at);
      this.#moof = box;
      return [];
    }
    const moof = this.#moof;
    if (moof === null) throw new Fmp4Error('out-of-order', 'media without its fragment', at);
    this.#moof = null;
    const moofHead = readBoxHead(viewOf(moof))?.headBytes ?? 8;
    const fragment = readFragment(Buffer.concat([moof, box]), viewOf(moof.subarray(moofHead)), this.#init);
    const renewed = fragment.startS - this.#renewedS < RENEWED_S ? null : renewedInit(this.#init, fragment);
    if (renewed === null) return [{ type: 'fragment', fragment }];
    this.#init = renewed;
    this.#renewedS = fragment.startS;
    return [
      { type: 'init', init: renewed, continues: true },
      { type: 'fragment', fragment },
    ];
  }

  #drop(): void {
    while (this.#skip > 0 && this.#buffered > 0) this.#skip -= this.#take(Math.min(this.#skip, this.#buffered)).byteLength;
  }

  /** Up to `count` of the first bytes, left where they are. */
  #peek(count: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return new Uint8Array(0);
    if (first.byteLength >= count || this.#chunks.length === 1) return first.subarray(0, count);
    return this.#join().subarray(0, count);
  }

  #take(count: number): Uint8Array {
    const joined = this.#join();
    this.#buffered -= count;
    this.#offset += count;
    this.#chunks = count === joined.byteLength ? [] : [joined.subarray(count)];
    return joined.subarray(0, count);
  }

  /** Joined only when a box is whole or a head lies across pieces, so that every byte is copied a few times at most. */
  #join(): Uint8Array {
    const [only] = this.#chunks;
    if (only !== undefined && this.#chunks.length === 1) return only;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

const KINDS: ReadonlyMap<string, 'description' | 'media'> = new Map([
  ['ftyp', 'description'],
  ['moov', 'description'],
  ['moof', 'description'],
  ['mdat', 'media'],
]);
