import { BehaviorSubject, distinctUntilChanged, map, Observable, of, startWith, switchMap } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { eventsOf } from '../shared/events-of.ts';
import { newest } from '../shared/newest.ts';
import { FrozenClock } from './frozen.ts';

/** The page's one AudioContext: made when first wanted, at the device's own rate, closed when nobody wants it any more. */

export type ContextState = 'none' | 'suspended' | 'running' | 'interrupted' | 'closed';

const LOOK_MS = 500;
/** How long `unlock` waits for sound, and how long it keeps a context that nobody else holds. */
const UNLOCK_MS = 1_500;
const HOLD_MS = 10_000;

const current$ = new BehaviorSubject<AudioContext | null>(null);

function create(): AudioContext {
  try {
    const context = new AudioContext({ latencyHint: 'interactive' });
    current$.next(context);
    return context;
  } catch (cause) {
    throw new AssistantError('unsupported', 'this browser gives no AudioContext', { cause });
  }
}

/** Fails only when the context is closed already, which is what was wanted. */
function close(context: AudioContext | null): void {
  if (context !== null && context.state !== 'closed') void context.close();
}

/** Asks for sound. A refusal is no failure: the state stays what it is, and is told. */
export function resume(context: AudioContext): void {
  if (context.state === 'closed' || context.state === 'running') return;
  context.resume().catch(() => {
    current$.next(current$.value);
  });
}

/** A telephone call or an `alert` may suspend a context that sounded (iOS); it takes up again by itself where the browser lets it. */
function keepRunning(context: AudioContext): void {
  context.addEventListener('statechange', () => {
    if (context.currentTime > 0) resume(context);
  });
}

const context$ = new Observable<AudioContext>((subscriber) => {
  let context: AudioContext | null = null;
  let clock = new FrozenClock();
  const open = (): void => {
    close(context);
    try {
      context = create();
    } catch (cause) {
      subscriber.error(cause);
      return;
    }
    clock = new FrozenClock();
    keepRunning(context);
    subscriber.next(context);
  };
  open();
  const looks = setInterval(() => {
    if (context !== null && clock.look(context.state, context.currentTime)) open();
  }, LOOK_MS);
  return () => {
    clearInterval(looks);
    close(context);
    current$.next(null);
  };
}).pipe(newest());

/** Holds the context while subscribed. Emits it, and its successor whenever it had to be replaced. Fails with `unsupported`. */
export const acquireContext = (): Observable<AudioContext> => context$;

/** What the context says of itself; `none` while there is none. */
export const contextState$: Observable<ContextState> = current$.pipe(
  switchMap((context) =>
    context === null
      ? of<ContextState>('none')
      : eventsOf(context, 'statechange').pipe(
          startWith(null),
          map((): ContextState => context.state),
        ),
  ),
  distinctUntilChanged(),
);

/**
 * Lets sound out. To be called within a gesture, or once a microphone is open: a page that records may sound (so open the microphone
 * first). Rejects with `audio-blocked` when the browser still holds the sound back.
 */
export function unlock(): Promise<void> {
  const hold = acquireContext().subscribe({ error: () => current$.next(null) });
  setTimeout(() => {
    hold.unsubscribe();
  }, HOLD_MS);
  const context = current$.value;
  if (context === null) return Promise.reject(new AssistantError('unsupported', 'this browser gives no AudioContext'));
  const blocked = (cause?: unknown): AssistantError =>
    new AssistantError('audio-blocked', 'the browser holds the sound back', { cause });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(blocked());
    }, UNLOCK_MS);
    context
      .resume()
      .then(resolve, (cause: unknown) => {
        reject(blocked(cause));
      })
      .finally(() => {
        clearTimeout(late);
      });
  });
}
