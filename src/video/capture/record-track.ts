import { EMPTY, from, map, Observable, race, Subject, switchMap } from 'rxjs';
import { captureKind, type CaptureChannelId, type CaptureChunk } from '../../shared/capture.ts';
import { canEncode, encodeEpoch } from './encode-epoch.ts';
import { recordEpoch } from './record-epoch.ts';
import { TrackClock } from './track-clock.ts';

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

/** Completes after `stop$` or when the track has ended, once everything is handed over. Errors are those of `recordEpoch` and `encodeEpoch`. */
export function recordTrack(
  track: MediaStreamTrack,
  { channel, mime, paused$, stop$, now }: TrackOptions,
): Observable<CaptureChunk> {
  return new Observable((subscriber) => {
    const end$ = new Subject<void>();
    const kind = captureKind(channel);
    const encodes = canEncode(kind, mime);
    // Chromium's sound counts by the page's clock (measured by `npm run prove:capture`).
    const clock = new TrackClock(kind === 'audio' ? now() - performance.now() : null);
    let epoch = 0;
    let running = false;
    let wanted = false;
    let over = false;

    const once = (number: number): Observable<CaptureChunk> => {
      const options = { channel, mime, epoch: number, now, end$ };
      return race(from(encodes), end$.pipe(map(() => null))).pipe(
        switchMap((able) => (able === null ? EMPTY : able ? encodeEpoch(track, options, clock) : recordEpoch(track, options))),
      );
    };
    const begin = (): void => {
      running = true;
      // Later than any epoch of a page before this one that recorded for the same session.
      epoch = Math.max(epoch + 1, Math.floor(now() / 1000));
      all.add(
        once(epoch).subscribe({
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
