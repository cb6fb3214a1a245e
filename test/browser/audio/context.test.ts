import { firstValueFrom, type Subscription } from 'rxjs';
import { afterEach, expect, test, vi } from 'vitest';
import { acquireContext, contextState$, unlock } from '../../../src/audio/context.ts';

/** The one AudioContext of the page. */

const held: Subscription[] = [];

const hold = (next: (context: AudioContext) => void = () => undefined): void => {
  held.push(acquireContext().subscribe(next));
};

afterEach(() => {
  held.splice(0).forEach((subscription) => {
    subscription.unsubscribe();
  });
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('there is one for all who want it, at the device’s own rate, until the last lets go', async () => {
  const seen = new Set<AudioContext>();
  hold((context) => seen.add(context));
  hold((context) => seen.add(context));
  expect(seen.size).toBe(1);
  const [context] = seen;
  held.pop()!.unsubscribe();
  expect(context!.state).not.toBe('closed');
  held.pop()!.unsubscribe();
  await expect.poll(() => context!.state).toBe('closed');
  expect(await firstValueFrom(contextState$)).toBe('none');
});

test('a clock that stands still although it should run is replaced', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const seen: AudioContext[] = [];
  hold((context) => {
    if (seen.length === 0) {
      vi.spyOn(context, 'state', 'get').mockReturnValue('running');
      vi.spyOn(context, 'currentTime', 'get').mockReturnValue(7);
    }
    seen.push(context);
  });
  vi.advanceTimersByTime(1_500);
  expect(seen).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  expect(seen).toHaveLength(2);
  expect(seen[1]).not.toBe(seen[0]);
});

test('a browser without Web Audio is unsupported', async () => {
  vi.stubGlobal('AudioContext', undefined);
  const error = await firstValueFrom(acquireContext()).catch((cause: unknown) => cause);
  vi.unstubAllGlobals();
  expect(error).toMatchObject({ code: 'unsupported' });
});

test('sound that the browser holds back is told as blocked', async () => {
  vi.spyOn(AudioContext.prototype, 'resume').mockReturnValue(new Promise(() => undefined));
  await expect(unlock()).rejects.toMatchObject({ code: 'audio-blocked' });
});

test('a context that was suspended from outside takes up again', async () => {
  const seen: AudioContext[] = [];
  hold((context) => seen.push(context));
  const [context] = seen;
  await unlock();
  await context!.suspend();
  await expect.poll(() => context!.state).toBe('running');
});
