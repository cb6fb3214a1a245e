import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notice } from '../../../../../demo/server/livestream/notices/notices.ts';
import { pacedBatches } from '../../../../../demo/server/livestream/notices/paced-batches.ts';
import { RecentNotices } from '../../../../../demo/server/livestream/notices/recent-notices.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const notice = (id: number): Notice => ({ id, type: 'task_created', data: {}, source: 's', room: null, at: new Date(0) });

/** To tell a batch takes `costMs`. */
async function flood(costMs: number): Promise<readonly (readonly number[])[]> {
  const told$ = new Subject<Notice>();
  const heard: number[][] = [];
  const recent = new RecentNotices(0);
  const subscription = pacedBatches(told$, recent, ({ notices }, topic) => {
    if (topic !== 'everything') return;
    heard.push(notices.map(({ id }) => id));
    vi.advanceTimersByTime(costMs);
  });
  for (let id = 1; id <= 100; id++) {
    told$.next(notice(id));
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(1000);
  subscription.unsubscribe();
  expect(vi.getTimerCount()).toBe(0);
  expect(recent.after(0)).toHaveLength(100);
  return heard;
}

it('tells each at once while that is little work', async () => {
  const heard = await flood(1);
  expect(heard.length).toBeGreaterThan(90);
  expect(heard.flat()).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});

it('tells fewer and larger batches the longer one takes, and all of them in order', async () => {
  const heard = await flood(20);
  expect(heard.length).toBeLessThan(30);
  expect(heard.flat()).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});

it('tells together what was read together', async () => {
  const told$ = new Subject<Notice>();
  const heard: number[] = [];
  const subscription = pacedBatches(told$, new RecentNotices(0), ({ notices }) => heard.push(notices.length));
  for (let id = 1; id <= 5; id++) told$.next(notice(id));
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([5, 5]);
  subscription.unsubscribe();
});
