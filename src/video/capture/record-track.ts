import { Observable, Subject } from 'rxjs';
import type { CaptureChannelId, CaptureChunk } from '../../shared/capture.ts';
import { recordEpoch } from './record-epoch.ts';

/** One track recorded into chunks; a pause ends the recorder's file and what follows is the next, so that no time is pretended. */

export interface TrackOptions {
  readonly channel: CaptureChannelId;
  readonly mime: string;
  /** Emits at once, then with every change. */
  readonly paused$: Observable<boolean>;
  /** The recorder hands over what it still has, then the chunks complete. */
  readonly stop$: Observable<unknown>;
  /** The capture clock, Unix ms. */
  readonly now: () => number;
}

/** Completes after `stop$` or when the track has ended, once everything is handed over. Errors are those of `recordEpoch`. */
export function recordTrack(
  track: MediaStreamTrack,
  { channel, mime, paused$, stop$, now }: TrackOptions,
): Observable<CaptureChunk> {
  return new Observable((subscriber) => {
    const end$ = new Subject<void>();
    let epoch = 0;
    let running = false;
    let wanted = false;
    let over = false;

    const begin = (): void => {
      running = true;
      // Later than any epoch of a page before this one that recorded for the same session.
      epoch = Math.max(epoch + 1, Math.floor(now() / 1000));
      all.add(
        recordEpoch(track, { channel, mime, epoch, now, end$ }).subscribe({
          next: (chunk) => {
            subscriber.next(chunk);
          },
          error: (cause: unknown) => {
            subscriber.error(cause);
          },
          complete: () => {
            running = false;
            settle();
          },
        }),
      );
    };
    const settle = (): void => {
      if (running) return;
      if (over || track.readyState === 'ended') subscriber.complete();
      else if (wanted) begin();
    };
    const ended = (): void => {
      over = true;
      // A recorder whose track has ended stops by itself.
      settle();
    };
    track.addEventListener('ended', ended);
    const all = stop$.subscribe(() => {
      over = true;
      end$.next();
      settle();
    });
    all.add(
      paused$.subscribe((paused) => {
        wanted = !paused;
        if (paused) end$.next();
        else settle();
      }),
    );
    all.add(() => {
      track.removeEventListener('ended', ended);
    });
    return all;
  });
}
