import { Observable } from 'rxjs';
import type { Frame } from '../../media/media-stream.ts';
import type { Extraction } from './extraction.ts';

/** Frames of a stream in windows on its clock. */

export interface FrameWindow {
  /** Unix ms */
  readonly startMs: number;
  /** Unix ms */
  readonly endMs: number;
  /** In order, at most one for each place; fewer than asked where the source was away. */
  readonly frames: readonly Frame[];
}

/**
 * Windows one after the other from the first frame on, each told as soon as its frames are whole, or when a later window begins. Windows
 * in which the source was away altogether are left out. Completes and fails as `frames` does, the last window told before it completes.
 */
export function inWindows(frames: Observable<Frame>, { windowMs, frameCount }: Extraction): Observable<FrameWindow> {
  const everyMs = windowMs / frameCount;
  return new Observable((subscriber) => {
    let firstMs: number | null = null;
    let open: { readonly number: number; readonly places: Map<number, Frame>; told: boolean } | null = null;

    const tell = (): void => {
      if (open === null || open.told || open.places.size === 0) return;
      open.told = true;
      const startMs = (firstMs ?? 0) + open.number * windowMs;
      const inOrder = [...open.places].sort(([a], [b]) => a - b).map(([, frame]) => frame);
      subscriber.next({ startMs, endMs: startMs + windowMs, frames: inOrder });
    };

    return frames.subscribe({
      next: (frame) => {
        firstMs ??= frame.atMs;
        // Decoders are a few ms early or late.
        const place = Math.round((frame.atMs - firstMs) / everyMs);
        const number = Math.floor(place / frameCount);
        // A clock that was set back: what is told stays told.
        if (place < 0 || (open !== null && number < open.number)) return;
        if (open?.number !== number) {
          tell();
          open = { number, places: new Map(), told: false };
        }
        if (open.told) return;
        open.places.set(place % frameCount, frame);
        if (open.places.size === frameCount) tell();
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        tell();
        subscriber.complete();
      },
    });
  });
}
