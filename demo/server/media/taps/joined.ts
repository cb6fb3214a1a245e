import { Observable } from 'rxjs';
import type { LiveWindow } from '../live/live-window.ts';
import type { TapInput } from './tap-input.ts';

/** What a tap is fed that is opened in the middle: from the last key frame on. */

export interface TappedStream {
  /** What is shown now; null = it does not run. */
  live(): LiveWindow | null;
  /** Everything that comes from now on, over all starts. */
  readonly input$: Observable<TapInput>;
  /** Each stop. */
  readonly ends$: Observable<void>;
}

/** Cold. Who listens before it starts hears it start; completes when it is stopped. */
export function joinedTap({ live, input$, ends$ }: TappedStream): Observable<TapInput> {
  return new Observable((subscriber) => {
    const now = live()?.sinceKeyFrame ?? null;
    let epoch: number | null = null;
    if (now !== null) {
      epoch = now.epoch.epoch;
      subscriber.next({ type: 'epoch', epoch: now.epoch });
      for (const part of now.parts) subscriber.next({ type: 'part', part });
    }
    const all = input$.subscribe((event) => {
      if (event.type === 'epoch') epoch = event.epoch.epoch;
      // It was joined between two segments: the epoch is made up for.
      const missed = event.type === 'part' && event.part.epoch !== epoch ? live()?.epochOf(event.part.epoch) : null;
      if (missed !== null && missed !== undefined) {
        epoch = missed.epoch;
        subscriber.next({ type: 'epoch', epoch: missed });
      }
      subscriber.next(event);
    });
    all.add(ends$.subscribe(() => subscriber.complete()));
    return all;
  });
}
