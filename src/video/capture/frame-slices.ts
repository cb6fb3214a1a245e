import { clusterHead, frameBlock, joined } from './webm-writer.ts';

/** Encoded frames put together into pieces to upload: a few at a time, each piece whole frames, a new cluster wherever a decoder can begin. */

export interface EncodedFrame {
  /** ms on the epoch's clock. */
  readonly atMs: number;
  /** ms up to which it was captured: a picture's time, a sound's end. */
  readonly endMs: number;
  /** Stands alone; sound always does. */
  readonly key: boolean;
  readonly bytes: Uint8Array;
}

export interface Slice {
  readonly key: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** So much goes up at once; so much is lost with a tab that crashes. */
const SLICE_MS = 200;
/** Sound can begin anywhere: a decoder is let in so often. */
const SOUND_GROUP_MS = 1000;
/** Times within a cluster are Int16. */
const MOST_RELATIVE_MS = 30_000;

export class FrameSlices {
  readonly #sound: boolean;
  #clusterMs: number | null = null;
  #frames: EncodedFrame[] = [];
  #parts: Uint8Array[] = [];
  #key = false;

  constructor(kind: 'audio' | 'video') {
    this.#sound = kind === 'audio';
  }

  push(frame: EncodedFrame): readonly Slice[] {
    const slices: Slice[] = [];
    if (this.#begins(frame)) {
      slices.push(...this.flush());
      this.#key = frame.key;
      this.#clusterMs = Math.round(frame.atMs);
      this.#parts.push(clusterHead(this.#clusterMs));
    }
    // Nothing can be made of frames before the first one that stands alone.
    if (this.#clusterMs === null) return slices;
    this.#frames.push(frame);
    this.#parts.push(frameBlock(frame.bytes, Math.round(frame.atMs) - this.#clusterMs, frame.key));
    if (frame.endMs - (this.#frames[0]?.atMs ?? frame.atMs) >= SLICE_MS) slices.push(...this.flush());
    return slices;
  }

  /** What waits for more. */
  flush(): readonly Slice[] {
    const [first, last] = [this.#frames[0], this.#frames.at(-1)];
    if (first === undefined || last === undefined) return [];
    const slice = { key: this.#key, fromMs: first.atMs, toMs: last.endMs, bytes: joined(this.#parts) };
    [this.#frames, this.#parts, this.#key] = [[], [], false];
    return [slice];
  }

  #begins({ key, atMs }: EncodedFrame): boolean {
    if (this.#clusterMs === null) return key;
    const since = atMs - this.#clusterMs;
    return key ? !this.#sound || since >= SOUND_GROUP_MS : since > MOST_RELATIVE_MS;
  }
}
