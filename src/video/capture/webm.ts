import { elementAt, elements, unsigned } from './ebml.ts';
import { opusMs } from './opus.ts';
import { clusterHead, joined } from './webm-writer.ts';

/** What MediaRecorder writes as WebM, taken apart into pieces that each hold whole frames and say where a decoder can begin. */

/** A piece of media; the pieces of a recording one after the other are a file. */
export interface MediaPiece {
  readonly init: boolean;
  readonly key: boolean;
  /** ms of its first frame; 0 for `init`. */
  readonly fromMs: number;
  /** ms up to which its first frame was captured: a picture's time, a sound's end. */
  readonly firstMs: number;
  /** ms up to which all of it was captured. */
  readonly toMs: number;
  /** ms of silence that the recorder put before or into it, by its own clock; pictures have none. */
  readonly gapMs: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Takes the recorder's bytes as they come, cut anywhere. */
export interface MediaPieces {
  /** Throws a RangeError when the bytes are not what they should be. */
  push(bytes: Uint8Array): readonly MediaPiece[];
}

const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const REFERENCE = 0xfb;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const SCALE = 0x2ad7b1;
const KEY_FLAG = 0x80;

/** Sound can begin anywhere: a decoder is let in so often. */
const SOUND_GROUP_MS = 1000;
/** Times within a cluster are Int16. */
const MOST_RELATIVE_MS = 30_000;
/** A frame larger than this is none. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Block {
  readonly atMs: number;
  readonly endMs: number;
  readonly key: boolean;
  /** Track number as written, then time (2 bytes), flags (1 byte) and the frame. */
  readonly payload: Uint8Array;
  readonly timeAt: number;
}

/** `sound`: every frame can be a beginning. Clusters are written anew, because sound's last half a minute otherwise. */
export class WebmPieces implements MediaPieces {
  readonly #sound: boolean;
  #rest = new Uint8Array(0);
  #begun = false;
  #msPerTick = 1;
  #clusterMs = 0;
  /** Of the cluster being written. */
  #groupMs: number | null = null;
  #lastEndMs: number | null = null;

  constructor(kind: 'audio' | 'video') {
    this.#sound = kind === 'audio';
  }

  push(bytes: Uint8Array): readonly MediaPiece[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    if (all.length > MOST_BYTES) throw new RangeError('a frame without end');
    const pieces: MediaPiece[] = [];
    let at = 0;
    if (!this.#begun) {
      const end = this.#initEnd(all);
      if (end === null) {
        this.#rest = all;
        return pieces;
      }
      this.#begun = true;
      pieces.push({ init: true, key: false, fromMs: 0, firstMs: 0, toMs: 0, gapMs: 0, bytes: all.slice(0, end) });
      at = end;
    }
    const blocks: Block[] = [];
    for (;;) {
      const element = elementAt(all, at);
      if (element === null) break;
      if (element.id === CLUSTER) {
        at = element.from;
        continue;
      }
      if (element.to === null) throw new RangeError('only clusters may be without a size');
      if (element.to > all.length) break;
      if (element.id === TIMESTAMP) this.#clusterMs = unsigned(all, element.from, element.to) * this.#msPerTick;
      else if (element.id === SIMPLE_BLOCK) blocks.push(this.#block(all.subarray(element.from, element.to), null));
      else if (element.id === BLOCK_GROUP) {
        const inside = [...elements(all, element.from, element.to)];
        const block = inside.find(({ id }) => id === BLOCK);
        const key = !inside.some(({ id }) => id === REFERENCE);
        if (block !== undefined) blocks.push(this.#block(all.subarray(block.from, block.to), key));
      }
      at = element.to;
    }
    this.#rest = all.slice(at);
    return [...pieces, ...this.#pieces(blocks)];
  }

  /** Where the first cluster begins; null while it has not come. */
  #initEnd(all: Uint8Array): number | null {
    let at = 0;
    for (;;) {
      const element = elementAt(all, at);
      if (element === null) return null;
      if (element.id === CLUSTER) return at;
      if (element.id === SEGMENT) {
        at = element.from;
        continue;
      }
      if (element.to === null) throw new RangeError('only the segment may be without a size');
      if (element.to > all.length) return null;
      if (element.id === INFO) {
        const scale = [...elements(all, element.from, element.to)].find(({ id }) => id === SCALE);
        if (scale !== undefined) this.#msPerTick = unsigned(all, scale.from, scale.to) / 1e6;
      }
      at = element.to;
    }
  }

  /** `key` null: its own flag tells. */
  #block(payload: Uint8Array, key: boolean | null): Block {
    const timeAt = Math.clz32(payload[0] ?? 0) - 23;
    const flags = payload[timeAt + 2];
    if (timeAt > 8 || flags === undefined) throw new RangeError('a block without a head');
    const relative = (((payload[timeAt] ?? 0) << 24) >> 16) | (payload[timeAt + 1] ?? 0);
    const atMs = this.#clusterMs + relative * this.#msPerTick;
    const endMs = this.#sound ? atMs + opusMs(payload.subarray(timeAt + 3)) : atMs;
    return { atMs, endMs, key: this.#sound || (key ?? (flags & KEY_FLAG) !== 0), payload, timeAt };
  }

  #begins({ key, atMs }: Block): boolean {
    if (this.#groupMs === null) return key;
    const since = atMs - this.#groupMs;
    return key ? !this.#sound || since >= SOUND_GROUP_MS : since > MOST_RELATIVE_MS;
  }

  #pieces(blocks: readonly Block[]): readonly MediaPiece[] {
    const pieces: MediaPiece[] = [];
    let key = false;
    let parts: Uint8Array[] = [];
    let frames: Block[] = [];
    let gapMs = 0;
    const finish = (): void => {
      const [first, last] = [frames[0], frames.at(-1)];
      if (first !== undefined && last !== undefined)
        pieces.push({
          init: false,
          key,
          fromMs: first.atMs,
          firstMs: first.endMs,
          toMs: Math.max(last.endMs, first.atMs),
          gapMs,
          bytes: joined(parts),
        });
      [key, parts, frames, gapMs] = [false, [], [], 0];
    };
    for (const block of blocks) {
      if (this.#begins(block)) {
        finish();
        key = block.key;
        this.#groupMs = block.atMs;
        parts.push(clusterHead(Math.round(block.atMs)));
      }
      // Nothing can be made of frames before the first one that stands alone.
      if (this.#groupMs === null) continue;
      frames.push(block);
      if (this.#sound) {
        gapMs += Math.max(0, block.atMs - (this.#lastEndMs ?? block.atMs));
        this.#lastEndMs = block.endMs;
      }
      parts.push(simpleBlock(block, Math.round(block.atMs) - Math.round(this.#groupMs)));
    }
    finish();
    return pieces;
  }
}

/** Its size in 4 bytes, its time counted from this cluster's beginning. */
function simpleBlock({ payload, timeAt, key }: Block, relativeMs: number): Uint8Array {
  const block = new Uint8Array(5 + payload.length);
  const view = new DataView(block.buffer);
  view.setUint8(0, SIMPLE_BLOCK);
  view.setUint32(1, 0x1000_0000 + payload.length);
  block.set(payload, 5);
  view.setInt16(5 + timeAt, relativeMs);
  const flags = view.getUint8(5 + timeAt + 2) & ~KEY_FLAG;
  view.setUint8(5 + timeAt + 2, key ? flags | KEY_FLAG : flags);
  return block;
}
