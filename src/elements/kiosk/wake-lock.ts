import { merge, Observable, Subject, switchMap } from 'rxjs';
import type { WakeLockState } from '../../pipelines/kiosk-health.ts';
import { eventsOf } from '../../shared/events-of.ts';

/** The screen kept awake while subscribed; emits whether it is. Browsers take the lock away when the page is hidden, so it is asked for again. */
export const wakeLock = new Observable<WakeLockState>((subscriber) => {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const lock = navigator.wakeLock as WakeLock | undefined;
  if (lock === undefined) {
    subscriber.next('unsupported');
    return undefined;
  }
  const again$ = new Subject<null>();
  const asking = merge(again$, eventsOf(document, 'visibilitychange'))
    .pipe(switchMap(() => held(lock, again$)))
    .subscribe(subscriber);
  again$.next(null);
  return asking;
});

function held(lock: WakeLock, again$: Subject<null>): Observable<WakeLockState> {
  return new Observable<WakeLockState>((subscriber) => {
    subscriber.next('waiting');
    // A request by a hidden page is refused; it is made when the page is seen again.
    if (document.visibilityState !== 'visible') return undefined;
    let sentinel: WakeLockSentinel | null = null;
    const lost = (): void => {
      again$.next(null);
    };
    lock.request('screen').then(
      (given) => {
        sentinel = given;
        if (subscriber.closed) return given.release();
        given.addEventListener('release', lost, { once: true });
        subscriber.next('held');
        return undefined;
      },
      () => {
        // A full battery or a policy refuses for now; the next time the page is shown asks again.
        subscriber.next('refused');
      },
    );
    return () => {
      sentinel?.removeEventListener('release', lost);
      if (sentinel?.released === false) void sentinel.release();
    };
  });
}
