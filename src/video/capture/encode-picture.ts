import { codecDescription } from './codec-description.ts';
import type { Encoding, EncodingParts } from './encode-epoch.ts';
import { pictureCodec, pictureConfig } from './picture-codec.ts';

/** A track's pictures encoded, each at the time it was captured. */

/** A decoder is let in so often. */
const KEY_FRAMES_MS = 1000;
/** Pictures that may wait for the encoder; a machine that does not follow leaves some out. */
const MOST_WAITING = 8;
/** What changes its size sooner is scaled: a window that is being resized is not a recording a frame. */
const SHORTEST_MS = 1000;

export function encodePicture(
  mime: string,
  { clock, bitsPerSecond, now, describe, frame, fail }: EncodingParts,
): Encoding<VideoFrame> {
  let size: { readonly width: number; readonly height: number } | null = null;
  let firstMs = Infinity;
  let lastMs = -Infinity;
  let keyMs = -Infinity;
  let described = false;
  const encoder = new VideoEncoder({
    output: (chunk, more) => {
      if (!described && size !== null) {
        described = true;
        describe({
          ...{ kind: 'video', codec: pictureCodec(mime).matroska, ...size, sampleRate: 0, channels: 0 },
          description: codecDescription(more?.decoderConfig?.description),
        });
      }
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const atMs = chunk.timestamp / 1000 - firstMs;
      frame({ atMs, endMs: atMs, key: chunk.type === 'key', bytes });
    },
    error: fail,
  });
  return {
    get zeroMs() {
      return clock.zeroMs + firstMs;
    },
    put: (picture) => {
      const atMs = picture.timestamp / 1000;
      clock.came(atMs, now());
      const width = even(picture.displayWidth);
      const height = even(picture.displayHeight);
      const changed = size !== null && (size.width !== width || size.height !== height);
      if (changed && atMs - firstMs >= SHORTEST_MS) {
        picture.close();
        return false;
      }
      if (size === null) {
        size = { width, height };
        firstMs = atMs;
        encoder.configure(pictureConfig(mime, size, bitsPerSecond));
      }
      if (atMs > lastMs && encoder.encodeQueueSize < MOST_WAITING) {
        lastMs = atMs;
        const keyFrame = atMs - keyMs >= KEY_FRAMES_MS;
        if (keyFrame) keyMs = atMs;
        encoder.encode(picture, { keyFrame });
      }
      picture.close();
      return true;
    },
    finish: () => (size === null ? Promise.resolve() : encoder.flush()),
    close: () => {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

/** 4:2:0 has a colour for every four pixels. */
const even = (pixels: number): number => Math.max(2, pixels - (pixels % 2));
