import type { Frame } from '../../media/media-stream.ts';
import { difference, fingerprint, type Fingerprint } from './fingerprint.ts';

/** The frames of a video cut into scenes where the picture becomes another one. */

export interface Shot {
  /** ms from the beginning */
  readonly startMs: number;
  readonly endMs: number;
  /** Those that differ, thinned evenly to a few. */
  readonly frames: readonly Frame[];
  /** Frames that were there. */
  readonly came: number;
}

/** Longer ones are parted, so that what is told of them has a place. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 1000;
/** Frames that are kept of one scene. */
const MOST_KEPT = 6;

export async function* shotsOf(frames: AsyncIterable<Frame>, lengthMs: number): AsyncGenerator<Shot> {
  let open: { readonly startMs: number; kept: Frame[]; came: number; last: Fingerprint } | null = null;
  for await (const frame of frames) {
    const print = await fingerprint(frame.jpeg);
    if (open !== null) {
      const { cut } = difference(open.last, print);
      const openMs: number = frame.atMs - open.startMs;
      if ((cut && openMs >= SHORTEST_MS) || openMs >= LONGEST_MS) {
        yield { startMs: open.startMs, endMs: frame.atMs, frames: open.kept, came: open.came };
        open = null;
      }
    }
    if (open === null) {
      open = { startMs: frame.atMs, kept: [frame], came: 1, last: print };
      continue;
    }
    open.came++;
    if (difference(open.last, print).changed) open.kept.push(frame);
    // Every other one goes, the first and the last stay.
    if (open.kept.length > MOST_KEPT)
      open.kept = open.kept.filter((_, index, all) => index % 2 === 0 || index === all.length - 1);
    open.last = print;
  }
  if (open !== null)
    yield { startMs: open.startMs, endMs: Math.max(lengthMs, open.startMs + 1), frames: open.kept, came: open.came };
}
