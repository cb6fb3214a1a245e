import { delay, of, Subject, tap } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { joined } from '../../src/task-detail.ts';
import { paced } from '../../src/task-pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function scene(workMs: number) {
  const asked$ = new Subject<void>();
  const began: number[] = [];
  const start = Date.now();
  const work = () =>
    of(null).pipe(
      tap(() => began.push(Date.now() - start)),
      delay(workMs),
    );
  const subscription = paced(asked$, 1000, work).subscribe();
  const at = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(start + ms - Date.now());
  };
  return { asked$, began, subscription, at };
}

it('works at once, then once a second however often it is asked', async () => {
  const { asked$, began, at } = scene(20);
  for (let ms = 0; ms < 3000; ms += 10) {
    await at(ms);
    asked$.next();
  }
  await at(20_000);
  expect(began).toEqual([0, 1000, 2000, 3000]);
});

it('never twice at a time', async () => {
  const { asked$, began, at } = scene(2500);
  for (const ms of [0, 100, 1500, 2600]) {
    await at(ms);
    asked$.next();
  }
  await at(20_000);
  expect(began).toEqual([0, 2500, 5000]);
});

it('ends with who listens', async () => {
  const { asked$, began, subscription, at } = scene(10);
  asked$.next();
  asked$.next();
  subscription.unsubscribe();
  await at(10_000);
  expect(began).toEqual([0]);
  expect(vi.getTimerCount()).toBe(0);
});

it('lines that were read and lines that were heard are one log', () => {
  expect(joined(['a', 'b', 'c'], ['b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
  expect(joined(['a', 'x', 'x'], ['x', 'x', 'x'])).toEqual(['a', 'x', 'x', 'x']);
  expect(joined(['a'], ['b'])).toEqual(['a', 'b']);
  expect(joined([], ['b'])).toEqual(['b']);
  expect(joined(['a'], [])).toEqual(['a']);
});
