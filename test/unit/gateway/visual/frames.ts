import sharp from 'sharp';
import { Subject } from 'rxjs';
import type { Frame, MediaStream } from '../../../../demo/server/media/media-stream.ts';
import type { Seeing, Sighting } from '../../../../demo/server/engines/engine.ts';

/** Frames of one colour with a block in another place for each `mark`, and an engine that reads what a test says. */

const painted = new Map<string, Promise<Buffer>>();

export async function frame(atMs: number, colour = '#2040c0', mark = 0): Promise<Frame> {
  const key = `${colour} ${mark}`;
  const block = { create: { width: 12, height: 8, channels: 3 as const, background: '#ffffff' } };
  const make = (): Promise<Buffer> =>
    sharp({ create: { width: 192, height: 108, channels: 3, background: colour } })
      .composite(mark === 0 ? [] : [{ input: block, left: (mark * 14) % 170, top: 40 }])
      .jpeg()
      .toBuffer();
  const made = painted.get(key) ?? make();
  painted.set(key, made);
  return { atMs, jpeg: await made, width: 192, height: 108 };
}

export const NOTHING: Sighting = {
  text: [],
  people: { count: 0, confidence: 0.7 },
  objects: [],
  colours: [{ name: 'blue', hex: '#2040c0', share: 1 }],
  brightness: 60,
};

export function fakeSeeing(look: Seeing['look'], more: Partial<Seeing> = {}): Seeing {
  return { name: 'fake', warm: () => Promise.resolve(), close: () => Promise.resolve(), look, ...more };
}

/** What `frames` was asked for, and the frames a test gives. */
export class FakeFrames implements Pick<MediaStream, 'frames'> {
  readonly given = new Subject<Frame>();
  wish: { readonly everyMs: number; readonly maxWidth?: number } | null = null;

  frames(wish: { readonly everyMs: number; readonly maxWidth?: number }): Subject<Frame> {
    this.wish = wish;
    return this.given;
  }
}
